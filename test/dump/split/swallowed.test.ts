/** A value that is cut short looks as if it went on with the values after it. None of those may be lost. */
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderOf, ids, reading, readingPieces } from '../../support/read-dump.js';
import { event, eventText, onlyReason, readOne } from '../dumps.js';

const names = ['a', 'b', 'c', 'd', 'e'];
const more = { requestParameters: { list: [1, { deep: 'x, {"y": [' }], text: 'a\\"b' }, z: null };

/** The kinds of values that a line may hold. */
const LINES: Readonly<Record<string, (id: string, index: number) => string>> = {
  events: (id) => eventText(id, more),
  'Records documents': (id) => JSON.stringify({ Records: [event(id, more)] }),
  'Records documents of two': (id) =>
    JSON.stringify({ Records: [event(id, more), event(`${id}2`)] }),
  arrays: (id) => JSON.stringify([event(id, more)]),
  'LookupEvents items': (id) => JSON.stringify({ CloudTrailEvent: eventText(id, more) }),
  'EventBridge documents': (id) => JSON.stringify({ 'detail-type': 'x', detail: event(id, more) }),
  'elements of one array': (id, index) =>
    (index === 0 ? '[' : '') + eventText(id, more) + (index === names.length - 1 ? ']' : ','),
};

describe.each(Object.entries(LINES))('lines that are %s', (_name, toLine) => {
  test.each([
    ['its end', (line: string, at: number) => line.slice(0, at)],
    ['its beginning', (line: string, at: number) => line.slice(at)],
  ])('a line that lost %s at any byte costs no other line', async (_part, cut) => {
    const files: Record<string, string> = {};
    // The second of five lines, and the last but one.
    for (const which of [1, 3]) {
      const length = toLine(names[which] ?? '', which).length;
      for (let at = 1; at < length; at += 1)
        files[`${names[which]}/${at}.json`] = names
          .map((id, index) => (index === which ? cut(toLine(id, index), at) : toLine(id, index)))
          .join('\n');
    }
    const folder = folderOf(files);
    const { rows, summary } = await reading([folder]);
    const found = new Set(rows.map((row) => JSON.stringify([row.source, row['eventid']])));
    const unreadable = new Set(summary.unreadable.map(({ path }) => path));
    expect(summary.read).toBe(Object.keys(files).length);
    for (const file of Object.keys(files)) {
      const path = join(folder, file);
      const lost = names.filter((id) => !found.has(JSON.stringify([path, id])));
      expect(lost.filter((id) => !file.startsWith(id))).toEqual([]);
      if (lost.length > 0) expect(unreadable).toContain(path);
    }
  });
});

// A record may have 32 MB and 524,288 values; the first value would swallow 38 lines.
test.each([
  ['bytes', { userAgent: 'x'.repeat(1 << 20) }],
  ['values', { additionalEventData: Array(20_000).fill(1) }],
])(
  'a value that would swallow more %s than a record may have costs no other',
  async (_of, large) => {
    const line = (id: number): string => `${eventText(String(id), large)},\n`;
    const pieces = Array.from({ length: 40 }, (_, id) =>
      Buffer.from(id === 1 ? '{"eventName":"E","additionalEventData":[1,\n' : line(id)),
    );
    const read = await readingPieces([Buffer.from('[\n'), ...pieces, Buffer.from(']\n')]);
    expect(ids(read)).toEqual(pieces.map((_, id) => String(id)).filter((id) => id !== '1'));
    expect(onlyReason(read)).toMatch(/^line 3, record 2: the text ends in the middle of it/);
  },
);

test('lists in lists are read', async () => {
  for (const text of [
    '[[a,b],[c]]',
    '[[a],b,[[c]]]',
    '[[],[a],[b,c],[]]',
    '[{"Records":[a]},[b,c]]',
  ]) {
    const { ids: found, summary } = await readOne(
      text.replaceAll(/\b[abc]\b/g, (id) => eventText(id)),
    );
    expect(found).toEqual(['a', 'b', 'c']);
    expect(summary).toMatchObject({ read: 1, records: 3, unreadable: [] });
  }
});

test('all whole lines are read, however many others are cut short', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }),
    fc.constantFrom(...Object.values(LINES).slice(0, -1)),
    async (cuts, toLine) => {
      const lines = cuts.map((at, index) => {
        const line = toLine(`id${index}-`, index);
        return at === null ? line : line.slice(0, Math.floor(at * (line.length - 1)));
      });
      const { ids: found } = await readOne(lines.join('\n'));
      for (const [index, at] of cuts.entries())
        if (at === null) expect(found).toContain(`id${index}-`);
    },
  );
  await fc.assert(property, { numRuns: 100 });
});
