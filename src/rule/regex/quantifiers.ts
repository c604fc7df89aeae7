/** How often a part of a regular expression is repeated. */
import type { Cursor } from './cursor.js';
import type { Piece } from './piece.js';

/** RE2 repeats nothing more often. */
const MOST_REPEATS = 1000;
const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,)?(\d*)\})/;

/** The piece with the quantifier that follows it, if one does. */
export function readQuantifier(cursor: Cursor, piece: Piece): Piece {
  const [all, min, comma = '', max = ''] = QUANTIFIER.exec(cursor.rest) ?? [];
  if (all === undefined) return piece;
  if (min !== undefined && comma === '' && max !== '') return piece;
  if (!piece.consumes || (piece.anchored && all !== '?'))
    cursor.fail(piece.anchored ? 'a quantifier of an anchor' : 'a quantifier of nothing');
  if (min !== undefined && max !== '' && Number(max) < Number(min))
    cursor.fail('a range that runs backwards');
  const isSure = all === '+' || Number(min ?? 0) > 0;
  const repeats = piece.repeats * Math.max(Number(min ?? 1), Number(max), 1);
  if (repeats > MOST_REPEATS) cursor.fail(`more than ${MOST_REPEATS} repetitions`);
  const count = min === undefined ? all : `{${Number(min)}${comma}${max && Number(max)}}`;
  cursor.skip(all.length);
  // Whether there is a match is the same, lazy or not; Joni misses some lazy ones at the end.
  cursor.take('?');
  if (cursor.rest.startsWith('+')) cursor.fail('a possessive quantifier');
  if (QUANTIFIER.test(cursor.rest)) cursor.fail('a quantifier of a quantifier');
  return {
    ...piece,
    text: `${piece.text}${count}`,
    repeats,
    must: piece.must && isSure,
    starts: piece.starts && isSure,
  };
}
