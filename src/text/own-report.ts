/**
 * What identifies a JSON report of hunt. A report may be written into a folder that is hunted later, and its findings must
 * not be taken for events. The writer of reports and the reader of dumps may not import each other, so both import this.
 */

/** The value of `schema` in a report. */
export const REPORT_SCHEMA = 'hunt-report/1';

/** Members that a line of the `ndjson` format has in addition to those of an event. No event has all of them. */
export const REPORT_LINE_KEYS = [
  'rules',
  'outcome',
  'actor',
  'how',
  'change',
  'source',
  'extra',
  'story',
  'states',
] as const;
