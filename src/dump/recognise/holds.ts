/**
 * Whether a text holds CloudTrail events, whatever its form: JSON in JSON, YAML, a table, flattened rows. Used where nothing
 * could be taken apart, to tell lost evidence from a file that is about something else.
 */
import { DOMAIN_PATTERN, DOMAINS } from '../../cloudtrail/service-name.js';

// What may stand between a name and its value: quotes, escaped to any level, a colon, an equals sign, the type of a value in
// DynamoDB's JSON, the borders of a table's cells, and the colours of a terminal. No list: patterns of event buses have lists of names, and are no events.
const BETWEEN = String.raw`(?:[\s"'\\:=>|\u2502]|\x1b\[[\d;]{0,9}m|u0022|u003d|&quot;|\{\\*"[SN]\\*"){1,60}`;
const SOURCE = new RegExp(String.raw`event_?source${BETWEEN}[\w-]{1,63}\.${DOMAIN_PATTERN}`, 'i');
const NAME = new RegExp(`event_?name${BETWEEN}[a-z]\\w{2}`, 'i');
// Rules, schemas and plans name events and their sources. Only an event has a time or an ID too.
const INSTANCE = new RegExp(`event_?(?:time|id)${BETWEEN}[0-9a-f]{4}`, 'i');

// A row of a printed table has the values of an event, and only the header has their names. A row begins behind a line feed: if it
// could begin behind any end of a line, each of many carriage returns would be searched from.
const HEADER =
  /(?<![^\n])(?=[^\n]{0,2000}\bevent_?name\b)(?=[^\n]{0,2000}\b(?:event_?(?:source|time|id)|user_?name)\b)[\w \t|│+-]+\r?$/im;
const CELLS = new RegExp(
  String.raw`(?<![^\n])(?=[^\n]{0,2000}[\s|│][\w-]{1,63}\.${DOMAIN_PATTERN}[\s|│])` +
    String.raw`(?=[^\n]{0,2000}(?:\d{4}-\d\d-\d\d[T ]|\d\d?\/\d\d?\/\d{4} +)\d\d?:\d\d)`,
);

/** Whether the text names an event, its source, and its time or ID. */
export function holdsEvents(text: string): boolean {
  if (!DOMAINS.some((domain) => text.includes(domain))) return false;
  if (SOURCE.test(text) && NAME.test(text) && INSTANCE.test(text)) return true;
  return HEADER.test(text) && CELLS.test(`${text}\n`);
}

/** What every text has in it that may hold an event. DuckDB reads this pattern too. */
export const TRACE = new RegExp(
  String.raw`event[_.]?name|cloudtrail|\.${DOMAIN_PATTERN}|ct\.name|event_?(?:version|source)|"(?:eyJ|ewo|ew0K|W3s|Wwo|H4sI)|\\u00[46]5`,
  'i',
);

/**
 * Whether a text may hold an event: false only if no event can be in it. An event has a name, in any spelling of the key; it
 * may also be packed in base64, or have its key written with escapes.
 */
export function mayHoldEvent(text: string): boolean {
  return TRACE.test(text);
}

/** Whether a piece of a record, as of a line that was cut short, has the name of a member of events. */
export function isPieceOfEvent(text: string): boolean {
  return /\b(?:event_?(?:version|name|source|id|time)|user_?identity)\b/i.test(text);
}
