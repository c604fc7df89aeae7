/** SQL about the ID of a record's event, of which an empty one is none: see `isEventId`. */

/** NULL without an ID. */
export const EVENT_ID = "CASE WHEN trim(eventid) <> '' THEN eventid END";

/** Whether a record has none. */
export const WITHOUT_ID = "COALESCE(trim(eventid), '') = ''";
