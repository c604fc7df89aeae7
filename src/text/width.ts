/**
 * How many columns a text takes on a terminal, and how to fit it into fewer. A character that `safeLine` writes as an
 * escape counts as that escape, so that a text can be cut before it is made safe. No character is cut in two.
 */
import { charactersIn, type Character } from './safe-text.js';

const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
/** Matches most texts; each of their characters takes one column. */
const plain = /^[ -~]*$/;
const zeroWidth = /[\p{M}\u200d]/u;
/** The columns of `\uXXXX`. */
const ESCAPE = 6;
// Marks take no column, and any number of them can stand on one letter. Unlimited, a short line could flood a screen.
const UNITS_PER_COLUMN = 4;

/** The start of a text, in at most `width` columns. An ellipsis shows that something was cut off. */
export function truncate(text: string, width: number): string {
  const limit = Math.max(width, 1);
  const start = text.slice(0, limit + 1);
  if (plain.test(start)) return text.length <= limit ? text : `${start.slice(0, limit - 1)}…`;
  let fits = '';
  let read = '';
  let columns = 0;
  for (const character of charactersIn(text.slice(0, (limit + 1) * UNITS_PER_COLUMN))) {
    read += character.text;
    columns += columnsOf(character);
    if (columns > limit || read.length > limit * UNITS_PER_COLUMN) return `${fits}…`;
    // One column stays free for the ellipsis.
    if (columns < limit) fits = read;
  }
  return text;
}

/** The end of a text, in at most `width` columns: the end of a path says which file it is. */
export function truncateStart(text: string, width: number): string {
  const limit = Math.max(width, 1);
  if (text.length <= limit && plain.test(text)) return text;
  const characters = [...charactersIn(text)];
  let columns = 0;
  let start = characters.length;
  while (start > 0 && columns <= limit) columns += columnsAt(characters, --start);
  if (columns <= limit) return text;
  // One column stays free for the ellipsis.
  while (columns > limit - 1) columns -= columnsAt(characters, start++);
  return `…${characters
    .slice(start)
    .map((character) => character.text)
    .join('')
    .slice(-limit * UNITS_PER_COLUMN)}`;
}

/** A word in pieces of at most `width` columns. Nothing is lost. */
export function splitWord(word: string, width: number): readonly string[] {
  if (word.length <= width && plain.test(word)) return [word];
  const pieces = [''];
  let columns = 0;
  for (const character of charactersIn(word)) {
    const more = columnsOf(character);
    const fits = columns === 0 || columns + more <= width;
    columns = fits ? columns + more : more;
    if (fits) pieces[pieces.length - 1] += character.text;
    else pieces.push(character.text);
  }
  return pieces;
}

/** The columns that a text takes. Terminals differ in a few characters. */
export function columnsIn(text: string): number {
  if (plain.test(text)) return text.length;
  let columns = 0;
  for (const character of charactersIn(text)) columns += columnsOf(character);
  return columns;
}

function columnsAt(characters: readonly Character[], at: number): number {
  const character = characters[at];
  return character === undefined ? 0 : columnsOf(character);
}

function columnsOf({ text, isEscaped }: Character): number {
  if (isEscaped) return ESCAPE * text.length;
  let columns = 0;
  for (const point of text) columns += columnsOfPoint(point);
  return columns;
}

function columnsOfPoint(point: string): number {
  if (point <= '\u02ff') return 1;
  if (zeroWidth.test(point)) return 0;
  return wide.test(point) ? 2 : 1;
}
