/** Reads characters of a regular expression, and sets of characters in brackets. */
import type { Range } from './characters.js';
import type { Cursor } from './cursor.js';
import { readEscape } from './escapes.js';

/** The characters that one character of the expression, or one escape, stands for. */
export function readCharacter(cursor: Cursor): readonly Range[] {
  if (cursor.take('\\')) {
    const { length, ranges } = readEscape(cursor.rest, (construct) => cursor.fail(construct));
    cursor.skip(length);
    return ranges;
  }
  const point = cursor.rest.codePointAt(0) ?? cursor.fail('nothing');
  cursor.skip(point > 0xffff ? 2 : 1);
  return [[point, point]];
}

/** The characters of a set, after its `[`. A `]` at the beginning is one of the characters. */
export function readSet(cursor: Cursor): { readonly ranges: readonly Range[]; negated: boolean } {
  const negated = cursor.take('^');
  const ranges: Range[] = [];
  do {
    if (cursor.atEnd) cursor.fail('a [ without its ]');
    if (/^\[[:.=]/.test(cursor.rest)) cursor.fail('a POSIX class');
    ranges.push(...readRange(cursor));
  } while (!cursor.take(']'));
  return { ranges, negated };
}

function readRange(cursor: Cursor): readonly Range[] {
  const from = readCharacter(cursor);
  if (!/^-[^\]]/.test(cursor.rest)) return from;
  const [first, ...firsts] = from;
  cursor.skip(1);
  const [last, ...lasts] = readCharacter(cursor);
  const isPlain = firsts.length === 0 && lasts.length === 0;
  if (!isPlain || !isSingle(first) || !isSingle(last)) return cursor.fail('a range of classes');
  if (last[0] < first[0]) return cursor.fail('a range that runs backwards');
  return [[first[0], last[0]]];
}

function isSingle(range: Range | undefined): range is Range {
  return range !== undefined && range[0] === range[1];
}
