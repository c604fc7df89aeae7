/** Which gaps are longer than usual: compared with a plain count, hour by hour, and in patterns as real accounts have them. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gapsIn, spansOf, type HourSpan } from '../../../../src/cloudtrail/time/hour-span.js';
import { DAY, HOUR } from '../../../../src/cloudtrail/time/window.js';
import { habitIn } from '../../../../src/hunt/assemble/coverage/usual.js';
import { weekPattern } from '../../../../src/hunt/assemble/coverage/week-pattern.js';

const BEGIN = Date.parse('2026-03-02T00:00:00Z'); // a Monday
const FEWEST = 24;

/** Numbers that are always the same, from 0 to 1. */
function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453;
  return x - Math.floor(x);
}

interface Pattern {
  readonly days: number;
  /** Whether an hour has records, by its number from the first on. */
  readonly isBusy: (hour: number) => boolean;
}

/** The unusual gaps, as their first hour and their length. */
function unusual({ days, isBusy }: Pattern): readonly (readonly [since: number, hours: number])[] {
  const whole = { since: BEGIN, until: BEGIN + days * DAY };
  return (habitIn(spansFrom({ days, isBusy }), whole, FEWEST)?.silences ?? []).map(
    ({ since, until }) => [(since - BEGIN) / HOUR, (until - since) / HOUR],
  );
}

function spansFrom({ days, isBusy }: Pattern): readonly HourSpan[] {
  const hours = Array.from({ length: days * 24 }, (_, hour) => hour).filter(isBusy);
  return spansOf(hours.map((hour) => BEGIN + hour * HOUR));
}

const isWorkday = (hour: number): boolean => Math.floor(hour / 24) % 7 < 5;
const isDaytime = (hour: number, from = 8, to = 18): boolean => hour % 24 >= from && hour % 24 < to;
const office = (hour: number): boolean => isWorkday(hour) && isDaytime(hour);
const but =
  (isBusy: Pattern['isBusy'], from: number, length: number): Pattern['isBusy'] =>
  (hour) =>
    isBusy(hour) && !(hour >= from && hour < from + length);

describe('no gap is unusual where', () => {
  test.each<readonly [string, Pattern]>([
    ['people work on workdays', { days: 28, isBusy: office }],
    ['people work on workdays, for ten days', { days: 10, isBusy: office }],
    ['every hour has records', { days: 28, isBusy: () => true }],
    ['every hour has records and four have none', { days: 28, isBusy: but(() => true, 300, 4) }],
    ['it runs all day and rests at weekends', { days: 28, isBusy: isWorkday }],
    [
      'work moves by an hour with daylight saving',
      {
        days: 56,
        isBusy: (hour) =>
          isWorkday(hour) && (hour < 28 * 24 ? isDaytime(hour) : isDaytime(hour, 7, 17)),
      },
    ],
    [
      'half of the hours of workdays have records',
      {
        days: 42,
        isBusy: (hour) => office(hour) && noise(hour) < 0.5,
      },
    ],
    [
      'there are three records in a month',
      { days: 30, isBusy: (hour) => [100, 340, 600].includes(hour) },
    ],
    ['there is one record a day', { days: 30, isBusy: (hour) => hour % 24 === 3 }],
    ['there is one record a week', { days: 364, isBusy: (hour) => hour % 168 === 3 }],
    ['a burst is followed by silence', { days: 30, isBusy: (hour) => hour < 48 }],
    [
      'a silence lies between two bursts',
      {
        days: 30,
        isBusy: (hour) => hour < 40 || (hour >= 600 && hour < 640),
      },
    ],
    ['a tenth of all hours has records', { days: 60, isBusy: (hour) => noise(hour) < 0.1 }],
  ])('%s', (_what, pattern) => {
    expect(unusual(pattern)).toEqual([]);
  });
});

describe('a gap is unusual where', () => {
  const day = 24;
  test.each<readonly [string, Pattern, readonly (readonly [number, number])[]]>([
    [
      'an hourly heartbeat pauses for five hours',
      { days: 28, isBusy: but(() => true, 300, 5) },
      [[300, 5]],
    ],
    ['it pauses in a log of one day', { days: 1, isBusy: but(() => true, 10, 5) }, []],
    ['it pauses in a log of three days', { days: 3, isBusy: but(() => true, 30, 5) }, [[30, 5]]],
    ['a workday is missing', { days: 28, isBusy: but(office, 9 * day, day) }, [[8 * day + 18, 38]]],
    ['work stops', { days: 28, isBusy: but(office, 22 * day, 99 * day) }, [[21 * day + 18, 150]]],
    ['work begins late', { days: 28, isBusy: but(office, 0, 2 * day) }, [[0, 2 * day + 8]]],
    [
      'a weekend is followed by a day without work',
      { days: 42, isBusy: but(office, 21 * day, day) },
      [[18 * day + 18, 86]],
    ],
  ])('%s', (_what, pattern, gaps) => {
    expect(unusual(pattern)).toEqual(gaps);
  });
});

test('hours of the week count by the other weeks, as in a plain count', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(24 * 40), { minLength: 2, maxLength: 300 }),
      fc.integer({ min: -3000, max: 3000 }),
      (numbers, shift) => {
        const hours = numbers.map((hour) => (shift + hour) * HOUR).toSorted((a, b) => a - b);
        const spans = spansOf(hours);
        const active = { since: hours[0] ?? 0, until: (hours.at(-1) ?? 0) + HOUR };
        const pattern = weekPattern(spans, active);
        expect(pattern === undefined).toBe(active.until - active.since < 14 * DAY);
        if (pattern === undefined) return;
        const after = { since: active.until, until: active.until + 200 * HOUR };
        for (const gap of [...gapsIn(spans, active), after])
          expect(pattern(gap)).toBeCloseTo(plainly(new Set(hours), active, gap), 9);
      },
    ),
    { numRuns: 200 },
  );
});

/** For each hour of the gap, in which part of the other weeks that hour of the week has a record. */
function plainly(busy: ReadonlySet<number>, active: HourSpan, gap: HourSpan): number {
  const week = 168 * HOUR;
  let sum = 0;
  for (let hour = gap.since; hour < gap.until; hour += HOUR) {
    let [weeks, withRecords] = [0, 0];
    for (
      let other = hour - Math.ceil((hour - active.since) / week) * week;
      other < active.until;
      other += week
    ) {
      if (other < active.since || (other >= gap.since && other < gap.until)) continue;
      weeks += 1;
      withRecords += Number(busy.has(other));
    }
    if (weeks > 0) sum += withRecords / weeks;
  }
  return sum;
}
