/** Names notations that begin like JSON and are none, which programs and shells write where JSON was meant. */

export const PYTHON_DICT = "Python's text of a dict, not JSON: write it with json.dumps";
export const ESCAPED_JSON = 'JSON whose quotes are escaped, as inside a string: unescape it first';

/** What may stand before the first key of an object: its bracket and an indent. */
const MOST_BEFORE = 64;

/** What an object is that begins at `start` and is broken at `at`, if that is its first key; undefined for no known notation. */
export function notationOf(bytes: Buffer, start: number, at: number): string | undefined {
  if (at - start > MOST_BEFORE) return undefined;
  const [, mark] = /^\{\s*(['\\])$/.exec(bytes.toString('latin1', start, at + 1)) ?? [];
  if (mark === undefined) return undefined;
  return mark === "'" ? PYTHON_DICT : ESCAPED_JSON;
}
