/** Parts are halved so that none comes near Athena's time limit of a query. */
import { expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { runParts } from '../../../../src/hunt/table/parts/parts.js';
import { cutSlice, halve, sliceName, type Slice } from '../../../../src/table/partitions/slice.js';

const FIRST = Date.parse('2026-01-01');
const MINUTE = 60_000;

/** The parts that run, of forty days that take this many minutes each. */
async function partsAt(minutesADay: number): Promise<readonly string[]> {
  const days = { first: FIRST, last: FIRST + 39 * DAY };
  const ran: string[] = [];
  const length = ({ days: own }: Slice): number =>
    own === undefined ? 0 : (own.last - own.first) / DAY + 1;
  await runParts({
    slices: cutSlice({ days, accounts: undefined, regions: undefined }, 10),
    read: async (slice) => {
      ran.push(sliceName(slice));
      return 1;
    },
    split: (slice) => halve(slice, { accounts: [], regions: [] }),
    took: (slice) => minutesADay * MINUTE * length(slice),
    atOnce: 1,
    stop: () => undefined,
    onPart: () => undefined,
  });
  return ran.toSorted();
}

test('parts that take a while stay as they are', async () => {
  expect(await partsAt(1)).toEqual([
    '2026-01-01..2026-01-10',
    '2026-01-11..2026-01-20',
    '2026-01-21..2026-01-30',
    '2026-01-31..2026-02-09',
  ]);
});

test('after one that took long the others are halved before they start', async () => {
  expect(await partsAt(2)).toEqual([
    '2026-01-01..2026-01-10',
    '2026-01-11..2026-01-15',
    '2026-01-16..2026-01-20',
    '2026-01-21..2026-01-25',
    '2026-01-26..2026-01-30',
    '2026-01-31..2026-02-04',
    '2026-02-05..2026-02-09',
  ]);
});

test('a day is read whole, however long it takes', async () => {
  const ran = await partsAt(30);
  expect(ran).toHaveLength(31);
  expect(ran.at(-1)).toBe('2026-02-09');
});
