/** Coverage tells a reader whether to trust a zero, so every record counts, in every way that a log can be read. */
import { namesRequired } from '../../../support/read-dump.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MANAGEMENT } from '../../../../src/cloudtrail/kind.js';
import { HOUR, type Window } from '../../../../src/cloudtrail/time/window.js';
import { hourOf } from '../../../../src/cloudtrail/time/hour-span.js';
import { cellsOf } from '../../../../src/dump/read/summary/coverage-cells.js';
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

/** From one hour of the day to another. */
const span = (since: number, until: number) => ({
  since: Date.UTC(2026, 0, 14, since),
  until: Date.UTC(2026, 0, 14, until),
});
const counted = (account: string | null, region: string | null, at: number | null) => ({
  account,
  region,
  time: at === null ? null : new Date(at).toISOString(),
  kind: MANAGEMENT,
});
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
      required: namesRequired(eventNames),
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
    expect(coverage).toEqual([
      {
        account: ACCOUNT,
        region: REGION,
        records: 4,
        first: SINCE - 1000,
        last: UNTIL,
        hours: [span(9, 10), span(12, 13)],
        inWindow: {
          records: 2,
          first: SINCE,
          last: UNTIL - 1000,
          hours: [span(9, 10), span(12, 13)],
        },
      },
    ]);
    // The whole log, inside and outside the window.
    expect([first, last]).toEqual([SINCE - 1000, UNTIL]);
  });

  test('hours outside the window are known too', async () => {
    const { coverage } = await coverageOf([
      { at: SINCE - 3 * HOUR },
      { at: SINCE },
      { at: SINCE - HOUR },
      { at: UNTIL + 2 * HOUR },
    ]);
    expect(coverage).toMatchObject([
      {
        hours: [span(6, 7), span(8, 10), span(14, 15)],
        inWindow: { hours: [span(9, 10)] },
      },
    ]);
  });

  test('bounds between two seconds are exact', async () => {
    const { coverage } = await coverageOf(
      [{ at: SINCE - 1000 }, { at: SINCE }, { at: UNTIL - 1000 }, { at: UNTIL }],
      { since: SINCE - 500, until: UNTIL - 500 },
    );
    expect(coverage.map(({ inWindow }) => inWindow)).toMatchObject([
      { records: 2, first: SINCE, last: UNTIL - 1000 },
    ]);
  });

  test('every hour counts, the first and the last one too, and hours side by side are one span', async () => {
    const hour = Date.UTC(2026, 0, 14, 10);
    const { coverage } = await coverageOf([
      { at: hour - 1000 },
      { at: hour },
      { at: hour + HOUR - 1000 },
      { at: hour + HOUR },
    ]);
    expect(coverage.map(({ inWindow }) => inWindow)).toMatchObject([
      { records: 4, hours: [span(9, 12)] },
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
    expect(coverage).toMatchObject([
      { records: 2, inWindow: { records: 2, hours: [{ since: 0, until: HOUR }, {}] } },
    ]);
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
          for (const { account, region, at } of part) one.add(counted(account, region, at));
          merged.merge(one.counts());
        }
        for (const { account, region, at } of parts.flat()) all.add(counted(account, region, at));
        expect(merged.counts()).toEqual(all.counts());
        expect(all.records).toBe(parts.flat().length);
      }),
    );
  });

  const recordsIn = (counter: CoverageCounter): number =>
    cellsOf(counter.counts().blocks).reduce((sum, cell) => sum + cell.records, 0);

  const added = (records: readonly Counted[], window: Window, mostBlocks?: number) => {
    const counter = new CoverageCounter(window, mostBlocks);
    for (const { account, region, at } of records) counter.add(counted(account, region, at));
    return counter;
  };

  test('has cells of all records, and of those in the window, with their hours', () => {
    fc.assert(
      fc.property(fc.array(record), windows, (records, window) => {
        const counter = added(records, window);
        const cells = cellsOf(counter.counts().blocks);
        expect(recordsIn(counter)).toBe(records.length);
        for (const { account, region, ...cell } of cells) {
          const own = records.filter((one) => one.account === account && one.region === region);
          const inside = own.filter(({ at }) => isInside(window, at));
          expect(cell).toMatchObject(spanOf(own));
          expect(cell.inWindow).toMatchObject(spanOf(inside));
          const hours = new Set(inside.flatMap(({ at }) => (at === null ? [] : hourOf(at))));
          const covered = cell.inWindow.hours.reduce((n, one) => n + (one.until - one.since), 0);
          expect(covered).toBe(hours.size * HOUR);
          for (const hour of hours)
            expect(cell.inWindow.hours.some((one) => one.since <= hour && hour < one.until)).toBe(
              true,
            );
        }
      }),
    );
  });

  test('with too many blocks keeps the same ones, whatever the order and the threads', () => {
    const many = fc.record({
      account: fc.constantFrom(ACCOUNT, OTHER, null, 'x', 'y', 'x'.repeat(100)),
      region: fc.constantFrom(REGION, ELSEWHERE, null, '?'),
      at: fc.option(fc.constantFrom(0, SINCE, SINCE + 5000 * HOUR, UNTIL), { freq: 9 }),
    });
    fc.assert(
      fc.property(fc.array(many), fc.integer({ min: 1, max: 9 }), (records, mostBlocks) => {
        const all = added(records, OPEN, mostBlocks);
        const merged = new CoverageCounter(OPEN, mostBlocks);
        const half = records.length / 2;
        for (const part of [records.slice(half).toReversed(), records.slice(0, half)])
          merged.merge(added(part, OPEN, mostBlocks).counts());
        const counts = all.counts();
        expect(merged.counts()).toEqual(counts);
        expect(counts.blocks.length).toBeLessThanOrEqual(mostBlocks);
        expect(recordsIn(all) + counts.others.records).toBe(records.length);
        // Accounts and regions of AWS go before all else.
        const strange = (name: string | null): boolean => /^[?xy]/.test(name ?? '');
        const isStrange = counts.blocks.map(
          ({ account, region }) => strange(account) || strange(region),
        );
        expect(isStrange).toEqual(isStrange.toSorted((a, b) => Number(a) - Number(b)));
      }),
    );
  });

  test('cuts names that are too long, and counts the same start as one', () => {
    const long = 'x'.repeat(1_000_000);
    const counter = added(
      [long, `${long}y`].map((account) => ({ account, region: REGION, at: SINCE })),
      OPEN,
    );
    expect(cellsOf(counter.counts().blocks)).toMatchObject([
      { account: `${'x'.repeat(64)}…`, records: 2 },
    ]);
  });

  test('counts a record without a readable time inside the window only where it is open', () => {
    for (const [window, inWindow] of [
      [OPEN, 1],
      [WINDOW, 0],
    ] as const) {
      const counter = new CoverageCounter(window);
      counter.add({ account: ACCOUNT, region: REGION, time: 'yesterday', kind: MANAGEMENT });
      const { blocks, first, last } = counter.counts();
      expect({ first, last }).toEqual({ first: undefined, last: undefined });
      expect(cellsOf(blocks)).toMatchObject([
        { records: 1, first: undefined, inWindow: { records: inWindow, hours: [] } },
      ]);
    }
  });
});

interface Counted {
  readonly account: string | null;
  readonly region: string | null;
  readonly at: number | null;
}

function isInside({ since, until }: Window, at: number | null): boolean {
  if (since === undefined && until === undefined) return true;
  return at !== null && at >= (since ?? -Infinity) && at < (until ?? Infinity);
}

function spanOf(records: readonly Counted[]) {
  const times = records.flatMap(({ at }) => at ?? []);
  return {
    records: records.length,
    first: times.length === 0 ? undefined : Math.min(...times),
    last: times.length === 0 ? undefined : Math.max(...times),
  };
}
