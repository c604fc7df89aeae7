/**
 * Makes text from logs harmless to print. A log may hold anything, so control characters, and characters that hide or
 * reorder text, become visible escapes. This is not an escape for any format: Markdown and CSV need more.
 */

// Controls, bidirectional overrides and isolates, line separators, and the byte-order mark.
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
// These and everything invisible (zero-width characters, tags), and unpaired surrogates.
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const allInvisible = new RegExp(invisible, 'gu');

/** One line of text on which no terminal acts, and in which nothing is hidden. */
export function safeLine(text: string): string {
  return text.replace(allInvisible, escape);
}

/** Whether `safeLine` writes a character (one code point) as an escape. */
export function isEscaped(character: string): boolean {
  return invisible.test(character);
}

/** Text on which no terminal acts. Tabs and line feeds stay, because they may stand in a quoted cell. */
export function safeCell(text: string): string {
  return text.replace(acting, (character) =>
    character === '\t' || character === '\n' ? character : escape(character),
  );
}

/** JSON text with the same value, in which nothing acts or hides. Line feeds, which stand between tokens, stay. */
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
