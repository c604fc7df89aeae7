/** How short a life of logs or of objects is too short. Two limits, of two thoughts. */

/** CloudTrail keeps the history of events for so many days. Log files that live no longer are no archive. */
export const HISTORY_DAYS = 90;

/** Days in which hardly anybody has looked into what happened: what is gone by then, nobody has missed in time. */
export const UNNOTICED_DAYS = 7;
