/** Texts that are stored one after the other come back as they were, whatever their alphabet and length. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringsOf, textCells } from '../../src/batch/cells.js';

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\u0000', 'é', '😀', '\ud83d', '\ude00', 'x'.repeat(5000)),
);

test('texts come back, and what is none is NULL', () => {
  fc.assert(
    fc.property(fc.array(fc.option(text)), (texts) => {
      expect(stringsOf(textCells(texts))).toEqual(texts.map((one) => one?.toWellFormed() ?? null));
    }),
  );
  expect(stringsOf(textCells([1, true, ['x'], { x: 'y' }, 'z']))).toEqual([
    null,
    null,
    null,
    null,
    'z',
  ]);
});

test('texts that are too long to be joined come back', () => {
  const texts = ['x'.repeat(3 << 20), null, 'y'.repeat(3 << 20), 'z'];
  expect(stringsOf(textCells(texts))).toEqual(texts);
});
