/** What a table's counts say of its logs: the span, the accounts and the hours that a reader trusts a zero by. */
import { expect, test } from 'vitest';
import { countedLogs } from '../../src/answer/record-counts.js';
import type { RecordCount } from '../../src/answer/row.js';
import { HOUR } from '../../src/cloudtrail/time/window.js';
import { coverageOf } from '../../src/hunt/assemble/coverage/coverage.js';

const NINE = Date.parse('2026-01-14T09:00:00Z');

/** Records of one account, from the minute `from` after nine to the minute `to`; `inWindow` of them. */
function count(
  account: string,
  [from, to]: readonly [number, number],
  changes: Partial<RecordCount> = {},
): RecordCount {
  const [first, last] = [NINE + from * 60_000, NINE + to * 60_000];
  return {
    kind: 'records',
    account,
    region: 'eu-west-1',
    notEvent: null,
    eventKind: null,
    records: 10,
    first,
    last,
    inWindow: { records: 10, first, last, hours: [NINE] },
    otherHours: [],
    example: null,
    withoutName: 0,
    withoutSource: 0,
    odd: 0,
    ...changes,
  };
}

test('the span is that of all accounts and parts, in the window or not', () => {
  const outside = { records: 0, first: undefined, last: undefined, hours: [] };
  const logs = countedLogs([
    count('1', [20, 30]),
    count('2', [5, 25], { inWindow: outside }),
    count('1', [10, 59]),
    count('3', [15, 40]),
  ]);
  expect(logs).toMatchObject({ records: 40, first: NINE + 5 * 60_000, last: NINE + 59 * 60_000 });
  const { accounts } = coverageOf(logs, { since: undefined, until: undefined });
  expect(accounts).toMatchObject([
    {
      name: '1',
      events: 20,
      first: '2026-01-14T09:10:00.000Z',
      last: '2026-01-14T09:59:00.000Z',
    },
    {
      name: '3',
      events: 10,
      first: '2026-01-14T09:15:00.000Z',
      last: '2026-01-14T09:40:00.000Z',
    },
  ]);
});

test('an empty name of an account or a region names none', () => {
  const logs = countedLogs([
    count('', [20, 30]),
    count('', [20, 30], { account: null, region: '' }),
    count('', [5, 25], { account: null }),
  ]);
  const { accounts } = coverageOf(logs, { since: undefined, until: undefined });
  expect(accounts).toMatchObject([
    {
      name: null,
      events: 30,
      regions: [
        { name: 'eu-west-1', events: 20 },
        { name: null, events: 10 },
      ],
    },
  ]);
});

test('an hour is covered where any account or region has a record in it', () => {
  const hours = (...own: readonly number[]) => ({
    inWindow: { records: 10, first: NINE, last: NINE, hours: own.map((n) => NINE + n * HOUR) },
  });
  const logs = countedLogs([
    count('1', [0, 0], hours(0, 3)),
    count('2', [0, 0], hours(3, 4)),
    count('2', [0, 0], hours(1)),
  ]);
  const window = { since: NINE, until: NINE + 6 * HOUR };
  expect(coverageOf(logs, window).hours).toMatchObject({
    covered: 4,
    empty: 2,
    gaps: [{ since: '2026-01-14T11:00:00.000Z' }, { since: '2026-01-14T14:00:00.000Z' }],
  });
});

test('records that are not events are counted apart, by reason', () => {
  const logs = countedLogs([
    count('1', [0, 1]),
    count('1', [-60, 90], { notEvent: 'Insights', records: 3 }),
    count('2', [-60, 90], { notEvent: 'Insights', records: 4 }),
    count('2', [-60, 90], { notEvent: 'digest', records: 1 }),
    count('2', [-60, 90], { notEvent: 'unreadable', records: 2 }),
  ]);
  expect(logs).toMatchObject({
    records: 10,
    first: NINE,
    last: NINE + 60_000,
    notEvents: [
      { reason: 'Insights', count: 7 },
      { reason: 'digest', count: 1 },
    ],
    unreadable: 2,
  });
});

test('no record at all has no span', () => {
  expect(countedLogs([])).toEqual({
    records: 0,
    first: undefined,
    last: undefined,
    coverage: [],
    uncounted: { records: 0, inWindow: 0 },
    notEvents: [],
    unreadable: 0,
    odd: { count: 0, example: undefined },
    hours: [],
    kinds: [],
  });
});
