/**
 * Makes text from logs harmless to print. A log may contain anything, so control characters, and characters that hide or
 * reorder text, become visible escapes. This is not enough for Markdown and CSV, which escape more.
 */

// Controls, bidirectional overrides and isolates, line separators, and the byte-order mark.
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
// The same, and everything invisible (zero-width characters, tags), and unpaired surrogates.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const allInvisible = new RegExp(invisible, 'gu');

/** One line of text in which nothing is hidden and nothing controls a terminal. */
export function safeLine(text: string): string {
  return text.replace(allInvisible, escape);
}

/** Whether `safeLine` writes a character (one code point) as an escape. */
export function isEscaped(character: string): boolean {
  return invisible.test(character);
}

/** Text in which nothing controls a terminal. Tabs and line feeds stay, because a quoted cell may contain them. */
export function safeCell(text: string): string {
  return text.replace(acting, (character) =>
    character === '\t' || character === '\n' ? character : escape(character),
  );
}

/** JSON text with the same value, in which nothing is hidden or controls a terminal. Line feeds between tokens stay. */
export function safeJson(json: string): string {
  return json.replace(allInvisible, (character) =>
    character === '\n' ? character : escape(character),
  );
}

/** Each UTF-16 unit as `\uXXXX`. */
function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');
}
