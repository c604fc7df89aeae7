/** Quantifiers of a regular expression. */
import type { Cursor } from './cursor.js';
import type { Piece } from './piece.js';

/** RE2's own limit. */
const MOST_REPEATS = 1000;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,)?(\d*)\})/;

/** The piece with the quantifier that follows it; the piece itself if there is no quantifier. */
export function readQuantifier(cursor: Cursor, piece: Piece): Piece {
  const [all, min, comma = '', max = ''] = QUANTIFIER.exec(cursor.rest) ?? [];
  if (all === undefined) return piece;
  if (min !== undefined && comma === '' && max !== '') return piece;
  if (!piece.canTakeCharacter || (piece.hasAnchor && all !== '?'))
    cursor.fail(piece.hasAnchor ? 'a quantifier of an anchor' : 'a quantifier of nothing');
  if (min !== undefined && max !== '' && Number(max) < Number(min))
    cursor.fail('a range that runs backwards');
  const isRequired = all === '+' || Number(min ?? 0) > 0;
  const mostRepeats = piece.mostRepeats * Math.max(Number(min ?? 1), Number(max), 1);
  if (mostRepeats > MOST_REPEATS) cursor.fail(`more than ${MOST_REPEATS} repetitions`);
  const count = min === undefined ? all : `{${Number(min)}${comma}${max && Number(max)}}`;
  cursor.skip(all.length);
  // A lazy quantifier finds a match in the same texts. Joni misses some of them at the end of a text.
  cursor.take('?');
  if (cursor.rest.startsWith('+')) cursor.fail('a possessive quantifier');
  if (QUANTIFIER.test(cursor.rest)) cursor.fail('a quantifier of a quantifier');
  return {
    ...piece,
    text: `${piece.text}${count}`,
    mostRepeats,
    takesCharacter: piece.takesCharacter && isRequired,
    startsText: piece.startsText && isRequired,
  };
}
