import * as fc from 'fast-check';
import { createColors } from 'picocolors';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../src/report/terminal/lines.js';
import { charactersIn, safeLine } from '../../../src/text/safe-text.js';
import { columnsIn } from '../../../src/text/width.js';

const HANGING = '  ';

const part = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    'e\u0301',
    '\u0301',
    '山',
    '👩\u200d💻',
    '👍🏽',
    '\u200d',
    '\ufe0f',
    'arn:',
    '/',
    '\u0e01\u0e47',
  ),
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''));

/** The same, with nothing but the measure of a whole line. */
function plainly(of: string, width: number): readonly string[] {
  const room = width - HANGING.length;
  const lines: string[] = [];
  for (const word of safeLine(of)
    .split(' ')
    .flatMap((one) => pieces(one, room))) {
    const last = lines.at(-1);
    if (last !== undefined && columnsIn(`${last} ${word}`) <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line, index) => `${index === 0 ? '' : HANGING}${line}`.trimEnd());
}

/** A word by character. A URL, an ARN or a path stays whole. */
function pieces(word: string, room: number): readonly string[] {
  if (/arn:|\//.test(word)) return [word];
  const found = [''];
  for (const { text: character } of charactersIn(word)) {
    const last = found.at(-1) ?? '';
    if (last === '' || columnsIn(last) === 0 || columnsIn(last + character) <= room)
      found[found.length - 1] = last + character;
    else found.push(character);
  }
  return found;
}

describe('wrapped', () => {
  it('fills lines as a measure of each whole line does', () => {
    const colors = createColors(false);
    fc.assert(
      fc.property(text, fc.integer({ min: 10, max: 60 }), (of, width) => {
        const screen = { width, colors, hasBars: true };
        expect(wrapped([of], screen, { indent: '', mostLines: Infinity })).toEqual(
          plainly(of, width),
        );
      }),
      { numRuns: 500 },
    );
  });
});
