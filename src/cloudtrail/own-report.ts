/**
 * What identifies a report of hunt in formats for programs. A report may be written into a folder that is hunted later, and its findings must
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

/** Matches the beginning of a report in CSV: its header. */
export const CSV_REPORT =
  /^(?:time,result,change,who,(?=.*\beventID,)(?=.*\brequestParameters,).*,source(?:,end)?(?:,until)?(?:,attention)?|no,what,whenUtc,.*,eventID,file,fileSha256)\r?\n/;

/** How a report in SARIF begins. */
export const SARIF_START =
  '{"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json","version":"2.1.0","runs":[{"tool":{"driver":{"name":"hunt"';

/** How each line of a report in OCSF begins. */
export const OCSF_START = '{"metadata":{"product":{"name":"hunt",';
