/** A slice's parts are disjoint, and together are the slice. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import { daysOf } from '../../../src/cloudtrail/time/day-span.js';
import { cutSlice, halve, sliceName, type Slice } from '../../../src/table/partitions/slice.js';
import { ACCOUNTS, day, REGIONS } from './layouts.js';

const EPOCH = day('2024-02-20');
const KNOWN = { accounts: [...ACCOUNTS], regions: [...REGIONS] };
const ALL: Slice = { days: undefined, accounts: undefined, regions: undefined };

const bounded = fc
  .tuple(fc.nat(500), fc.nat(60))
  .map(([start, length]) => ({ first: EPOCH + start * DAY, last: EPOCH + (start + length) * DAY }));
const slice: fc.Arbitrary<Slice> = fc.record({
  days: fc.oneof({ weight: 5, arbitrary: bounded }, fc.constant(undefined)),
  accounts: fc.option(fc.subarray([...ACCOUNTS], { minLength: 1 }), { nil: undefined }),
  regions: fc.option(fc.subarray([...REGIONS], { minLength: 1 }), { nil: undefined }),
});

/** Every partition of a slice, as a name. */
function partitionsOf({ days, accounts, regions }: Slice): readonly string[] {
  return (days ? daysOf(days) : ['no day']).flatMap((each) =>
    (accounts ?? KNOWN.accounts).flatMap((account) =>
      (regions ?? KNOWN.regions).map((region) => `${each} ${account} ${region}`),
    ),
  );
}

function sorted(names: readonly string[]): readonly string[] {
  return names.toSorted();
}

describe('cutting', () => {
  test('loses no partition, repeats none, and makes spans of much the same length', () => {
    fc.assert(
      fc.property(slice, fc.integer({ min: 1, max: 70 }), (whole, longest) => {
        const parts = cutSlice(whole, longest);
        expect(sorted(parts.flatMap(partitionsOf))).toEqual(sorted(partitionsOf(whole)));
        const lengths = parts.flatMap(({ days }) => (days ? [daysOf(days).length] : []));
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(longest);
        if (lengths.length > 0)
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('makes no more spans than it needs', () => {
    const days = { first: day('2026-01-01'), last: day('2026-01-10') };
    expect(cutSlice({ ...ALL, days }, 4).map(sliceName)).toEqual([
      '2026-01-01..2026-01-03',
      '2026-01-04..2026-01-06',
      '2026-01-07..2026-01-10',
    ]);
  });

  test('leaves an open span and a table without days alone', () => {
    const open = { ...ALL, days: { first: -Infinity, last: day('2026-01-10') } };
    expect(cutSlice(open, 1)).toEqual([open]);
    expect(cutSlice(ALL, 1)).toEqual([ALL]);
  });
});

describe('halving', () => {
  test('loses no partition and repeats none, down to single partitions', () => {
    fc.assert(
      fc.property(slice, (whole) => {
        const single: Slice[] = [];
        const waiting = [whole];
        for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
          const halves = halve(part, KNOWN);
          if (halves) waiting.push(...halves);
          else single.push(part);
        }
        expect(single.map((part) => partitionsOf(part).length)).toEqual(single.map(() => 1));
        expect(sorted(single.flatMap(partitionsOf))).toEqual(sorted(partitionsOf(whole)));
      }),
      { numRuns: 30 },
    );
  });

  test('goes by days first, then accounts, then regions', () => {
    const days = { first: day('2026-01-01'), last: day('2026-01-03') };
    const names = (whole: Slice) => halve(whole, KNOWN)?.map(sliceName);
    expect(names({ ...ALL, days })).toEqual(['2026-01-01', '2026-01-02..2026-01-03']);
    const one = { ...ALL, days: { first: days.first, last: days.first } };
    expect(names(one)).toEqual([
      '2026-01-01 account=111122223333',
      '2026-01-01 account=012345678901,444455556666',
    ]);
    expect(names({ ...one, accounts: ['111122223333'], regions: ['a', 'b'] })).toEqual([
      '2026-01-01 account=111122223333 region=a',
      '2026-01-01 account=111122223333 region=b',
    ]);
  });

  test('never cuts an open span by days', () => {
    const open = { ...ALL, days: { first: day('2026-01-01'), last: Infinity } };
    expect(halve(open, KNOWN)?.map(({ days }) => days)).toEqual([open.days, open.days]);
    expect(halve(open, { accounts: [], regions: ['a'] })).toBeUndefined();
  });

  test('uses what is known only where the slice lists nothing', () => {
    const listed = { ...ALL, accounts: ['999988887777'], regions: ['x', 'y'] };
    expect(halve(listed, KNOWN)?.map(sliceName)).toEqual([
      'account=999988887777 region=x',
      'account=999988887777 region=y',
    ]);
  });
});

test('a slice has a name that says what it holds', () => {
  expect(sliceName(ALL)).toBe('all');
  expect(sliceName({ ...ALL, undated: true, regions: ['a'] })).toBe('without a day region=a');
  expect(sliceName({ ...ALL, days: { first: -Infinity, last: Infinity } })).toBe('all');
  expect(sliceName({ ...ALL, days: { first: -Infinity, last: day('2026-01-08') } })).toBe(
    '..2026-01-08',
  );
  expect(sliceName({ ...ALL, days: { first: day('2026-01-08'), last: Infinity } })).toBe(
    '2026-01-08..',
  );
  expect(
    sliceName({
      days: { first: day('2026-01-01'), last: day('2026-01-01') },
      accounts: ['111122223333'],
      regions: ['us-east-1'],
    }),
  ).toBe('2026-01-01 account=111122223333 region=us-east-1');
});
