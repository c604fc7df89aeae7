/** The text of the progress line, for any numbers and any width. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { paceOf, withSample, type Sample } from '../../../src/cli/progress/pace.js';
import { queryText, readingText } from '../../../src/cli/progress/progress-text.js';

const WIDE = 200;
const amount = fc.nat({ max: 5e14 });
const reading = fc
  .tuple(amount, amount, fc.nat({ max: 1e10 }))
  .map(([a, b, records]) => ({ bytes: Math.min(a, b), totalBytes: Math.max(a, b), records }));
const unknown = fc.record({ bytes: amount, totalBytes: fc.constant(undefined), records: amount });
const pace = fc.option(
  fc.record({
    bytes: fc.double({ min: 0, max: 1e11, noNaN: true }),
    records: fc.double({ min: 0, max: 1e8, noNaN: true }),
  }),
  { nil: undefined },
);

describe('while logs are read', () => {
  test('it shows bytes, events per second and the time left', () => {
    const progress = { bytes: 1.25e9, totalBytes: 5e9, records: 700_000 };
    expect(readingText(progress, undefined, 80)).toBe(
      'reading ██████░░░░░░░░░░░░░░░░░░ 25% | 1.3 GB of 5.0 GB',
    );
    expect(readingText(progress, { bytes: 1e7, records: 312_345 }, 80)).toBe(
      'reading ███░░░░░░░░░ 25% | 1.3 GB of 5.0 GB | 310,000 events/s | 7 min left',
    );
    expect(readingText(progress, { bytes: 1e7, records: 312_345 }, 40)).toBe(
      '25% | 1.3 GB of 5.0 GB | 7 min left',
    );
    expect(readingText(progress, { bytes: 1e7, records: 312_345 }, 20)).toBe('25% | 7 min left');
  });

  test('an unknown size has no percentage and no time left', () => {
    fc.assert(
      fc.property(unknown, pace, (progress, at) => {
        expect(readingText(progress, at, WIDE)).not.toMatch(/%|left| of /);
      }),
    );
    const progress = { bytes: 2.5e8, totalBytes: undefined, records: 1 };
    expect(readingText(progress, { bytes: 1, records: 1234 }, WIDE)).toBe(
      'reading | 250.0 MB read | 1,200 events/s',
    );
  });

  test('no line is wider than the terminal, or moves its cursor', () => {
    fc.assert(
      fc.property(
        fc.oneof(reading, unknown),
        pace,
        fc.integer({ min: 1, max: 120 }),
        (...given) => {
          const [progress, at, width] = given;
          for (const text of [readingText(progress, at, width), queryText(progress, width)]) {
            expect(text.length).toBeLessThanOrEqual(width);
            expect(text).not.toMatch(/\p{C}/u);
          }
        },
      ),
    );
  });

  test('it never shows 100% too early', () => {
    fc.assert(
      fc.property(reading, pace, (progress, at) => {
        const percent = Number(/(\d+)%/.exec(readingText(progress, at, WIDE))?.[1]);
        const exact = (progress.bytes / Math.max(progress.totalBytes, 1)) * 100;
        if (progress.bytes < progress.totalBytes) expect(percent).toBeLessThanOrEqual(exact);
        else expect(percent).toBe(100);
      }),
    );
  });

  test('the time left is rounded up, by at most 60%', () => {
    const UNITS: Readonly<Record<string, number>> = { s: 1, min: 60, h: 3600 };
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 1e6, noNaN: true }), (seconds) => {
        const text = readingText(
          { bytes: 0, totalBytes: Math.ceil(seconds * 1e6), records: 0 },
          { bytes: 1e6, records: 0 },
          WIDE,
        );
        const [, number, unit = ''] = /(\d+) (s|min|h) left$/.exec(text) ?? [];
        const shown = Number(number) * (UNITS[unit] ?? Number.NaN);
        expect(shown).toBeGreaterThanOrEqual(seconds);
        expect(shown).toBeLessThanOrEqual(Math.ceil(seconds + 1e-6) * 1.6);
      }),
    );
  });

  test.each([
    ['nothing was read lately', { bytes: 0, totalBytes: 9, records: 0 }, { bytes: 0, records: 0 }],
    ['everything is read', { bytes: 9, totalBytes: 9, records: 0 }, { bytes: 1, records: 0 }],
    ['there is no pace yet', { bytes: 1, totalBytes: 9, records: 0 }, undefined],
  ])('there is no time left where %s', (_, progress, at) => {
    expect(readingText(progress, at, WIDE)).not.toMatch(/left|NaN|Infinity/);
  });
});

test('while the query runs, it says so, and shows what was read', () => {
  const progress = { bytes: 5e9, totalBytes: 5e9, records: 1_234_567 };
  expect(queryText(progress, 80)).toBe('running the query | 5.0 GB read | 1,234,567 events');
  expect(queryText(progress, 17)).toBe('running the query');
});

describe('the pace', () => {
  /** The samples of a reading with these steps, its last sample and its pace. */
  function sampled(steps: readonly (readonly [ms: number, bytes: number])[]) {
    let now: Sample = { at: 0, bytes: 0, records: 0 };
    let samples = withSample([], now);
    for (const [ms, bytes] of steps) {
      now = { at: now.at + ms, bytes: now.bytes + bytes, records: now.records + 2 * bytes };
      samples = withSample(samples, now);
    }
    return { samples, now, pace: paceOf(samples, now) };
  }

  test('is exact for steady reading, whatever the steps, and needs few samples', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 50 }), (steps) => {
        const { samples, now, pace: found } = sampled(steps.map((ms) => [ms, ms * 7]));
        if (now.at < 2000) expect(found).toBeUndefined();
        else expect([found?.bytes, found?.records]).toEqual([7000, 14_000]);
        expect(samples.length).toBeLessThanOrEqual(53);
      }),
    );
  });

  test('is unknown for the first two seconds', () => {
    expect(sampled([[1999, 10]]).pace).toBeUndefined();
    expect(sampled([[2000, 10]]).pace).toEqual({ bytes: 5, records: 10 });
    expect(paceOf([], { at: 5000, bytes: 1, records: 1 })).toBeUndefined();
  });

  test('depends on the last ten seconds only', () => {
    const fast = Array.from({ length: 100 }, () => [100, 100_000] as const);
    const slow = Array.from({ length: 110 }, () => [100, 100] as const);
    expect(sampled([...fast, ...slow]).pace?.bytes).toBeCloseTo(1000);
  });

  test('falls while nothing is read', () => {
    const { samples, now } = sampled([[4000, 4000]]);
    expect(paceOf(samples, { ...now, at: 8000 })?.bytes).toBe(500);
  });
});
