/** RecordBodies that are kept apart from the query, in memory and on disk. */
import { describe, expect, test } from 'vitest';
import { textCells } from '../../src/batch/cells.js';
import { RecordBodies } from '../../src/findings/record-bodies.js';

const TEXTS = ['{"a":1}', '', '{"b":"ü€😀"}', '{"c":null}'];

/** Keeps them together; each is its own fingerprint. */
function store(bodies: RecordBodies, texts: readonly string[]): readonly string[] {
  return bodies.store(textCells(texts), texts);
}

describe.each([
  ['in memory', Infinity],
  ['in a file', 0],
  ['in both', 60],
])('bodies that are kept %s', (_where, most) => {
  test('come back as they were', () => {
    const bodies = new RecordBodies(most);
    const more = Array.from({ length: 500 }, (_, index) => `${'x'.repeat(index)}${index}`);
    const references = [
      ...store(bodies, TEXTS),
      ...store(bodies, more),
      ...store(bodies, ['last']),
    ];
    expect(references.map(bodies.textOf)).toEqual([...TEXTS, ...more, 'last']);
    bodies.close();
  });

  test('have one reference where they are the same', () => {
    const bodies = new RecordBodies(most);
    const [first] = store(bodies, ['same', 'other']);
    const again = store(bodies, ['more', 'same']);
    expect(again[1]).toBe(first);
    expect(again.map(bodies.textOf)).toEqual(['more', 'same']);
    bodies.close();
  });
});

test('what was not kept cannot be had', () => {
  expect(() => new RecordBodies().textOf('3:0:1')).toThrow(RangeError);
});
