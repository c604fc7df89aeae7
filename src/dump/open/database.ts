/**
 * Whether a database, which hunt cannot open, holds CloudTrail events. Programs keep databases of their own beside logs, so only
 * one whose bytes have an event in them is lost evidence.
 */
import { EventWatch } from './format/event-marks.js';

/** A table whose columns are the fields of events. Its rows have only the values. */
const TABLE =
  /CREATE TABLE(?=[^\0]{0,8000}\bevent_?name\b)(?=[^\0]{0,8000}\bevent_?source\b)(?=[^\0]{0,8000}\b(?:event_?time|event_?id|user_?identity)\b)/i;
/** What may be left of the statement at the end of a piece. */
const OVERLAP = 16 << 10;

/** Reads the bytes until it has found an event, or the name of a table of events. Throws what the reading throws. */
export async function holdsEvents(bytes: AsyncIterable<Buffer>): Promise<boolean> {
  const watch = new EventWatch();
  let before = '';
  for await (const piece of watch.watch(bytes)) {
    const text = before + piece.toString('latin1');
    if (watch.hasRealEvent || TABLE.test(text)) return true;
    before = text.slice(-OVERLAP);
  }
  return false;
}
