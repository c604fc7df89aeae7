/** Text from logs is hostile: what a terminal or a reader's eye would act on becomes visible escapes. */

// Controls, bidirectional overrides and isolates, line separators, and the byte-order mark.
const acting = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;
// On a line for the eye also all that is invisible (zero-width characters, tags), and unpaired surrogates.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** One line of text that no terminal acts on. */
export function safeLine(text: string): string {
  return text.replace(unseen, escape);
}

/** What no terminal acts on either, but for tabs and line feeds, which may stand in a quoted cell. */
export function safeCell(text: string): string {
  return text.replace(acting, (character) =>
    character === '\t' || character === '\n' ? character : escape(character),
  );
}

/** JSON text with the same value, in which nothing acts or hides. Line feeds between tokens stay. */
export function safeJson(json: string): string {
  return json.replace(unseen, (character) => (character === '\n' ? character : escape(character)));
}

/** Each UTF-16 unit as `\uXXXX`. */
function escape(character: string): string {
  return Array.from(
    { length: character.length },
    (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`,
  ).join('');
}
