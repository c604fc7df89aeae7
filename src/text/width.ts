/** How much of a line a text takes, and cutting it to fit. */

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const zeroWidth = /\p{M}/u;
// So many marks can stand on one letter that a short line floods a screen.
const UNITS_PER_COLUMN = 4;

/** A text of at most so many columns; what was cut off is shown by an ellipsis. */
export function truncate(text: string, width: number): string {
  const limit = Math.max(width, 1);
  let fits = '';
  let seen = '';
  let columns = 0;
  for (const character of text) {
    seen += character;
    columns += columnsOf(character);
    if (columns > limit || seen.length > limit * UNITS_PER_COLUMN) return `${fits}…`;
    if (columns < limit) fits = seen;
  }
  return text;
}

/** The same, keeping the end: of a path the name of the file tells most. */
export function truncateStart(text: string, width: number): string {
  const limit = Math.max(width, 1);
  const characters = Array.from(text);
  let columns = 0;
  let at = characters.length;
  while (at > 0 && columns <= limit) columns += columnsOf(characters[--at] ?? '');
  if (columns <= limit) return text;
  // The ellipsis takes a column too.
  while (columns > limit - 1) columns -= columnsOf(characters[at++] ?? '');
  return `…${characters
    .slice(at)
    .join('')
    .slice(-limit * UNITS_PER_COLUMN)}`;
}

/** A word in pieces that fit; nothing of it is lost. */
export function splitWord(word: string, width: number): readonly string[] {
  const pieces = [''];
  let columns = 0;
  for (const character of word) {
    const more = columnsOf(character);
    const fits = columns === 0 || columns + more <= width;
    columns = fits ? columns + more : more;
    if (fits) pieces[pieces.length - 1] += character;
    else pieces.push(character);
  }
  return pieces;
}

/** The columns that a text takes, near enough. */
export function columnsIn(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOf(character);
  return columns;
}

function columnsOf(character: string): number {
  if (character <= '\u02ff') return 1;
  if (wide.test(character)) return 2;
  return zeroWidth.test(character) ? 0 : 1;
}
