/** The shapes of logs that the fast reader knows. */

/** A list, as in `{"Records": […]}`, or records of which each has a line of its own (NDJSON). */
export type PlainShape = 'list' | 'lines';

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Whether the first line of a text is an object, and the second line begins with one. */
export function hasLines(text: Buffer): boolean {
  if (text[0] !== OPEN_OBJECT) return false;
  const newline = text.indexOf(NEWLINE);
  const last = text[newline - 1] === RETURN ? newline - 2 : newline - 1;
  return newline > 0 && text[last] === CLOSE_OBJECT && text[newline + 1] === OPEN_OBJECT;
}
