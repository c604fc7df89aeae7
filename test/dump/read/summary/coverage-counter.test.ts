/** Coverage tells a reader whether to trust a zero, so every record counts, in every way that a log can be read. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR, type Window } from '../../../../src/cloudtrail/window.js';
import { CoverageCounter } from '../../../../src/dump/read/summary/coverage-counter.js';
import { event, readOne } from '../../dumps.js';

const SINCE = Date.UTC(2026, 0, 14, 9, 30);
const UNTIL = Date.UTC(2026, 0, 14, 12, 30);
const WINDOW = { since: SINCE, until: UNTIL };
const OPEN: Window = { since: undefined, until: undefined };
const [ACCOUNT, OTHER] = ['111122223333', '444455556666'];
const [REGION, ELSEWHERE] = ['eu-west-1', 'us-east-1'];

interface Delivered {
  readonly account?: string;
  readonly region?: string;
  readonly at: number;
}

const time = (instant: number): string => new Date(instant).toISOString().replace(/\.\d+Z$/, 'Z');

function eventsOf(records: readonly Delivered[]): readonly object[] {
  return records.map(({ account = ACCOUNT, region = REGION, at }, index) =>
    event(String(index), {
      recipientAccountId: account,
      awsRegion: region,
      eventTime: time(at),
      eventCategory: 'Management',
      eventType: 'AwsApiCall',
    }),
  );
}

/** A log in one piece without a wanted event is counted by the fast reader; lines are split; without a filter all are parsed. */
const WAYS = [
  [
    'the fast reader',
    (events: readonly object[]) => JSON.stringify({ Records: events }),
    new Set(['-']),
  ],
  [
    'the splitter',
    (events: readonly object[]) => events.map((one) => JSON.stringify(one)).join('\n'),
    new Set(['-']),
  ],
  ['parsing', (events: readonly object[]) => JSON.stringify({ Records: events }), undefined],
] as const;

describe.each(WAYS)('read by %s', (_name, write, eventNames) => {
  const coverageOf = async (records: readonly Delivered[], window: Window = WINDOW) => {
    let progress = 0;
    const { summary } = await readOne(write(eventsOf(records)), {
      eventNames,
      window,
      onProgress: (reached) => (progress = reached.records),
    });
    expect(summary.records).toBe(records.length);
    expect(progress).toBe(records.length);
    return summary;
  };

  test('the first and the last second of the window count, and not the seconds beside them', async () => {
    const { coverage, first, last } = await coverageOf([
      { at: SINCE - 1000 },
      { at: SINCE },
      { at: UNTIL - 1000 },
      { at: UNTIL },
    ]);
    const cell = { account: ACCOUNT, region: REGION, records: 1 };
    expect(coverage).toEqual([
      { ...cell, hour: Date.UTC(2026, 0, 14, 9), first: SINCE, last: SINCE },
      { ...cell, hour: Date.UTC(2026, 0, 14, 12), first: UNTIL - 1000, last: UNTIL - 1000 },
    ]);
    // The whole log, inside and outside the window.
    expect([first, last]).toEqual([SINCE - 1000, UNTIL]);
  });

  test('bounds between two seconds are exact', async () => {
    const { coverage } = await coverageOf(
      [{ at: SINCE - 1000 }, { at: SINCE }, { at: UNTIL - 1000 }, { at: UNTIL }],
      { since: SINCE - 500, until: UNTIL - 500 },
    );
    expect(coverage.map(({ first, last }) => [first, last])).toEqual([
      [SINCE, SINCE],
      [UNTIL - 1000, UNTIL - 1000],
    ]);
  });

  test('every hour has a count of its own, the first and the last one too', async () => {
    const hour = Date.UTC(2026, 0, 14, 10);
    const { coverage } = await coverageOf([
      { at: hour - 1000 },
      { at: hour },
      { at: hour + HOUR - 1000 },
      { at: hour + HOUR },
    ]);
    expect(coverage.map((cell) => [cell.hour, cell.records])).toEqual([
      [hour - HOUR, 1],
      [hour, 2],
      [hour + HOUR, 1],
    ]);
  });

  test('the span of a cell is from its earliest to its latest record, in any order', async () => {
    const at = (minute: number): Delivered => ({ at: Date.UTC(2026, 0, 14, 10, minute) });
    for (const minutes of [
      [5, 30, 55],
      [55, 30, 5],
      [30, 55, 5],
      [30, 5, 55],
    ]) {
      const { coverage, first, last } = await coverageOf(minutes.map(at));
      expect(coverage).toMatchObject([{ first: at(5).at, last: at(55).at, records: 3 }]);
      expect([first, last]).toEqual([at(5).at, at(55).at]);
    }
  });

  test('accounts and regions are told apart, and none loses its last record', async () => {
    const at = Date.UTC(2026, 0, 14, 10);
    const { coverage } = await coverageOf([
      { at, account: OTHER },
      { at },
      { at: at + 1000, region: ELSEWHERE },
      { at: at + 2000 },
      { at: at + 3000, account: OTHER },
      { at: at + 4000, account: OTHER },
    ]);
    expect(
      coverage.map(({ account, region, records, last }) => [account, region, records, last]),
    ).toEqual([
      [ACCOUNT, REGION, 2, at + 2000],
      [ACCOUNT, ELSEWHERE, 1, at + 1000],
      [OTHER, REGION, 3, at + 4000],
    ]);
  });

  test('without a window everything counts', async () => {
    const { coverage } = await coverageOf([{ at: 0 }, { at: UNTIL + 400 * 24 * HOUR }], OPEN);
    expect(coverage.map(({ records }) => records)).toEqual([1, 1]);
  });
});

describe('a counter', () => {
  const record = fc.record({
    account: fc.constantFrom(ACCOUNT, OTHER, null),
    region: fc.constantFrom(REGION, ELSEWHERE, null),
    at: fc.option(fc.integer({ min: SINCE - 2 * HOUR, max: UNTIL + 2 * HOUR }), { freq: 9 }),
  });
  const windows = fc.constantFrom<Window>(WINDOW, OPEN, { since: SINCE, until: undefined });

  test('that merges the counts of others has counted all', () => {
    fc.assert(
      fc.property(fc.array(fc.array(record)), windows, (parts, window) => {
        const all = new CoverageCounter(window);
        const merged = new CoverageCounter(window);
        for (const part of parts.toReversed()) {
          const one = new CoverageCounter(window);
          for (const { account, region, at } of part)
            one.add(account, region, at === null ? null : new Date(at).toISOString());
          merged.merge(one.counts());
        }
        for (const { account, region, at } of parts.flat())
          all.add(account, region, at === null ? null : new Date(at).toISOString());
        expect(merged.counts()).toEqual(all.counts());
        expect(all.records).toBe(parts.flat().length);
      }),
    );
  });

  test('has as many records in its cells as are in the window', () => {
    fc.assert(
      fc.property(fc.array(record), (records) => {
        const counter = new CoverageCounter(WINDOW);
        for (const { account, region, at } of records)
          counter.add(account, region, at === null ? null : new Date(at).toISOString());
        const inWindow = records.filter(({ at }) => at !== null && at >= SINCE && at < UNTIL);
        const { cells } = counter.counts();
        expect(cells.reduce((sum, cell) => sum + cell.records, 0)).toBe(inWindow.length);
        for (const { account, region, hour, ...cell } of cells) {
          const own = inWindow.flatMap((one) =>
            one.account === account &&
            one.region === region &&
            Math.floor((one.at ?? 0) / HOUR) * HOUR === hour
              ? [one.at ?? 0]
              : [],
          );
          expect(cell).toEqual({
            first: Math.min(...own),
            last: Math.max(...own),
            records: own.length,
          });
        }
      }),
    );
  });

  test('counts a record without a readable time only where the window is open', () => {
    for (const [window, cells] of [
      [OPEN, 1],
      [WINDOW, 0],
    ] as const) {
      const counter = new CoverageCounter(window);
      counter.add(ACCOUNT, REGION, 'yesterday');
      expect(counter.counts().cells).toHaveLength(cells);
      expect(counter.counts()).toMatchObject({ first: undefined, last: undefined });
    }
  });
});
