/** What registered partitions lack: what is lost, and what may be only quiet. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayName, daysOf, spanName } from '../../../src/cloudtrail/time/day-span.js';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import type { NeededCoverage } from '../../../src/table/partitions/gaps/gap.js';
import { registrationOf } from '../../../src/table/partitions/gaps/registered.js';
import {
  registeredSql,
  type RegisteredPair,
} from '../../../src/table/partitions/sql/registered.js';
import { day, layout, NOW, projected } from './layouts.js';

const TABLE = layout('account string, region string, year string, month string, day string');
const A = '111122223333';
const B = '444455556666';
const NO_ROWS = 'the table gives no rows for';

function needed(
  span: string,
  accounts: readonly string[] = [],
  regions: readonly string[] = [],
): NeededCoverage {
  const [first = '', last = ''] = span.split('..');
  return {
    days: { first: first ? day(first) : -Infinity, last: last ? day(last) : Infinity },
    accounts,
    regions,
  };
}

/** A pair with the days of these spans, but for the days that `but` lists. */
function pair(name: string, spans: readonly string[], but: readonly string[] = []): RegisteredPair {
  const [account = null, region = null] = name.split(' ').map((text) => text || null);
  const days = spans.flatMap((span) => {
    const [first = '', last = first] = span.split('..');
    return daysOf({ first: day(first), last: day(last) }).map(dayName);
  });
  const own = days.filter((one) => !but.includes(one));
  return { account, region, first: own[0] ?? '2020-01-01', days: own, undated: false };
}

const busy = pair(`${A} us-east-1`, ['2025-12-20..2026-02-02']);
const MONTH = '2026-01-03..2026-02-02';

function result(
  span: NeededCoverage,
  registered: readonly RegisteredPair[],
  { table = TABLE, now = NOW } = {},
) {
  const { gaps, lacking, awaited } = registrationOf({
    layout: table,
    needed: span,
    registered,
    now,
  });
  return {
    lost: gaps.map(({ path, reason }) => `${path}: ${reason}`),
    lacking: lacking.map(({ name, days }) => `${name} ${days.map(spanName).join(' ')}`),
    awaited: awaited === undefined ? undefined : dayName(awaited),
  };
}

const NOTHING = { lost: [], lacking: [], awaited: undefined };

describe('registered partitions', () => {
  test('lack nothing where every pair has every day', () => {
    expect(result(needed(MONTH), [busy])).toEqual(NOTHING);
    expect(result(needed('2026-01-26..2026-02-05'), [busy])).toEqual(NOTHING);
    expect(result(needed('2026-01-26..'), [busy])).toEqual(NOTHING);
  });

  test('lose the days that nobody has, but for today', () => {
    const now = { now: day('2026-02-05T10:00:00Z') };
    expect(result(needed('2026-02-01..2026-02-06'), [busy], now)).toEqual({
      lost: [`2026-02-03..2026-02-04: not registered as a partition: ${NO_ROWS} these days`],
      lacking: [],
      awaited: '2026-02-05',
    });
    const gap = pair(`${A} us-east-1`, ['2026-01-01..2026-02-02'], ['2026-01-20']);
    expect(result(needed('..2026-02-02'), [gap]).lost).toEqual([
      `2026-01-20: not registered as a partition: ${NO_ROWS} this day`,
    ]);
  });

  test('lose nothing in a quiet region, a new account and one that has no partition of today', () => {
    const quiet = pair(`${B} eu-west-1`, ['2025-12-24', '2026-01-04', '2026-01-09..2026-01-10']);
    const young = pair(`${B} us-east-1`, ['2026-01-30..2026-02-01']);
    expect(result(needed(MONTH), [quiet, young, busy])).toEqual({
      lost: [],
      lacking: [
        `account=${B} region=eu-west-1 2026-01-03 2026-01-05..2026-01-08 2026-01-11..2026-02-01`,
        `account=${B} region=us-east-1 2026-01-03..2026-01-29`,
      ],
      awaited: undefined,
    });
  });

  const WEEKDAYS = ['2026-01-05..2026-01-09', '2026-01-12..2026-01-16'];
  test.each<[string, string, readonly string[], string | undefined]>([
    ['every day', MONTH, ['2025-12-20..2026-01-25'], '2026-01-26..2026-02-01'],
    ['every day, until a week ago', MONTH, ['2025-12-20..2026-01-26'], undefined],
    // With the days after a window of the past.
    [
      'every day, in a past window',
      '2026-01-03..2026-01-20',
      ['2025-12-20..2026-01-15'],
      '2026-01-16..2026-01-20',
    ],
    [
      'every day and again',
      '2026-01-03..2026-01-20',
      ['2025-12-20..2026-01-12', '2026-02-01'],
      undefined,
    ],
    // With the days before a short window.
    ['every day before', '2026-02-01..2026-02-02', ['2026-01-02..2026-01-25'], '2026-02-01'],
    ['on weekdays', MONTH, [...WEEKDAYS, '2026-01-19..2026-01-23'], '2026-01-24..2026-02-01'],
    ['on weekdays, until recently', MONTH, [...WEEKDAYS, '2026-01-19..2026-01-27'], undefined],
    ['for some days only', MONTH, ['2026-01-05..2026-01-12'], undefined],
    ['now and then', MONTH, ['2025-12-20', '2025-12-24', '2026-01-02', '2026-01-15'], undefined],
    ['long before', '2026-02-01..2026-02-02', ['2025-12-20..2026-01-15'], undefined],
  ])('used %s and then not: lost only where it stopped', (_name, span, days, expected) => {
    const { lost, lacking } = result(needed(span), [busy, pair(`${B} eu-west-1`, days)]);
    const last = days.at(-1)?.split('..').at(-1) ?? '';
    const these = expected?.includes('..') ? 'these days' : 'this day';
    const why = `partitions came regularly until ${last}, and then none: ${NO_ROWS} ${these}`;
    expect(lost).toEqual(
      expected === undefined ? [] : [`${expected} account=${B} region=eu-west-1: ${why}`],
    );
    if (expected === undefined) expect(lacking).toHaveLength(1);
  });

  test('that stopped after a past window lack nothing in it', () => {
    const ended = pair(`${B} us-east-1`, ['2025-12-20..2026-01-10']);
    expect(result(needed('2026-01-03..2026-01-10'), [busy, ended])).toEqual(NOTHING);
  });

  test('of one account name no day as lost for the whole table', () => {
    const ended = pair(`${B} us-east-1`, ['2025-12-20..2026-01-20']);
    const { gaps } = registrationOf({
      layout: TABLE,
      needed: needed(MONTH),
      registered: [busy, ended],
      now: NOW,
    });
    expect(gaps.map(({ days }) => days)).toEqual([undefined]);
  });

  test('of an account that stopped in many regions are one line', () => {
    const regions = ['eu-west-1', 'us-east-1', 'us-west-2'];
    const ended = regions.map((region) => pair(`${B} ${region}`, ['2025-12-20..2026-01-20']));
    expect(result(needed(MONTH), [busy, ...ended]).lost).toEqual([
      `2026-01-21..2026-02-01 account=${B} region=${regions.join(',')}: partitions came regularly until 2026-01-20, and then none: ${NO_ROWS} these days`,
    ]);
    const many = Array.from({ length: 60 }, (_, n) =>
      pair(`${500_000_000_000 + n} us-east-1`, ['2025-12-20..2026-01-20']),
    );
    const { lost } = result(needed(MONTH), [busy, ...many]);
    expect(lost).toHaveLength(51);
    expect(lost.at(-1)).toMatch(/^10 more accounts or regions: /);
  });

  test('that all end on one day are days that nobody has', () => {
    const ended = ['2025-12-20..2026-01-20'];
    expect(
      result(needed(MONTH), [pair(`${A} us-east-1`, ended), pair(`${B} eu-west-1`, ended)]),
    ).toMatchObject({
      lost: [`2026-01-21..2026-02-01: not registered as a partition: ${NO_ROWS} these days`],
      lacking: [],
    });
  });

  test.each([
    [' us-east-1', ' eu-west-1', 'region=eu-west-1'],
    [`${A} `, `${B} `, `account=${B}`],
  ])('of tables with one key only are compared by it: %s', (one, other, name) => {
    const table = layout(
      one.startsWith(' ') ? 'region string, dt date' : 'account string, dt date',
    );
    const days = ['2025-12-20..2026-02-02'];
    const holes = [pair(one, days), pair(other, days, ['2026-01-20'])];
    expect(result(needed(MONTH), holes, { table })).toEqual({
      ...NOTHING,
      lacking: [`${name} 2026-01-20`],
    });
  });

  test('without any is one line', () => {
    const reason =
      'no partition of the table is registered, so it gives no rows: register them (ALTER TABLE … ADD PARTITION)';
    const asked = needed('2026-01-26..2026-01-31', [A], ['us-east-1']);
    expect(result(asked, []).lost).toEqual([`2026-01-26..2026-01-31: ${reason}`]);
    expect(result(needed('..2026-02-03'), []).lost).toEqual([`..2026-02-02: ${reason}`]);
  });

  test('lose the accounts and regions that have none, and only those that are needed', () => {
    const other = pair(`${B} eu-west-1`, ['2026-01-01..2026-01-02']);
    const asked = needed(
      '2026-01-26..2026-02-02',
      [A, '777788889999'],
      ['us-east-1', 'eu-north-1'],
    );
    expect(result(asked, [busy, other])).toEqual({
      ...NOTHING,
      lost: [
        `account=777788889999: no partition is registered for it: ${NO_ROWS} this account`,
        `region=eu-north-1: no partition is registered for it: ${NO_ROWS} this region`,
      ],
    });
    expect(
      result(needed('2026-01-26..2026-01-31', [A], ['eu-west-1']), [busy, other]).lost,
    ).toEqual([
      `2026-01-26..2026-01-31: no partition is registered for these accounts in these regions: ${NO_ROWS} these days`,
    ]);
  });

  test('are not looked at where the table is projected, or has no days', () => {
    const dates = projected({
      'dt.type': 'date',
      'dt.format': 'yyyy-MM-dd',
      'dt.range': '2020-01-01,NOW',
    });
    expect(result(needed(MONTH), [], { table: layout('dt string', dates) })).toEqual(NOTHING);
    expect(result(needed(MONTH), [], { table: layout('region string') })).toEqual(NOTHING);
    const all = { days: undefined, accounts: undefined, regions: undefined };
    expect(() => registeredSql(layout('region string'), '"t$partitions"', all)).toThrow(
      'the layout has no day to list partitions by',
    );
  });
});

test('every day that a needed pair lacks is said once, as lost or as lacking, and no other day', () => {
  const first = day('2026-01-10');
  const last = day('2026-02-02');
  const all = daysOf({ first: first - 30 * DAY, last });
  const pairs = fc.array(
    fc.record({
      name: fc.constantFrom(`${A} us-east-1`, `${A} eu-west-1`, `${B} us-east-1`, `${B} eu-west-1`),
      // Whole stretches and single days.
      own: fc.oneof(
        fc.subarray([...all]),
        fc
          .tuple(fc.nat(all.length), fc.nat(all.length))
          .map(([a, b]) => all.slice(Math.min(a, b), Math.max(a, b) + 1)),
      ),
    }),
    { minLength: 1, maxLength: 4 },
  );
  fc.assert(
    fc.property(pairs, fc.boolean(), (made, onlyA) => {
      const byName = new Map(made.map((one) => [one.name, one.own]));
      const registered = [...byName].map(([name, own]) => ({
        ...pair(name, []),
        first: dayName(own[0] ?? first),
        days: own.map(dayName),
      }));
      const mine = registered.filter(({ account }) => !onlyA || account === A);
      fc.pre(mine.length > 0);
      const { gaps, lacking, awaited } = registrationOf({
        layout: TABLE,
        needed: { days: { first, last }, accounts: onlyA ? [A] : [], regions: [] },
        registered,
        now: NOW,
      });
      const has = (one: RegisteredPair, at: number) => one.days.includes(dayName(at));
      const expected = daysOf({ first, last: last - DAY }).flatMap((at) =>
        registered.some((one) => has(one, at))
          ? mine
              .filter((one) => !has(one, at))
              .map((one) => `${dayName(at)} account=${one.account} region=${one.region}`)
          : [dayName(at)],
      );
      const somebody = (at: number) => registered.some((one) => has(one, at));
      const said = [
        ...gaps.flatMap(({ path }) => {
          const [span = '', ...of] = path.split(' ');
          const [from = '', to = from] = span.split('..');
          const days = daysOf({ first: day(from), last: day(to) });
          // A pair that stopped has one span, in which some days may be nobody's.
          return (of.length === 0 ? days : days.filter(somebody)).map((at) =>
            [dayName(at), ...of].join(' '),
          );
        }),
        ...lacking.flatMap(({ name, days }) =>
          days.flatMap(daysOf).map((at) => `${dayName(at)} ${name}`),
        ),
      ];
      expect(said.toSorted()).toEqual(expected.toSorted());
      expect(awaited).toBe(somebody(last) ? undefined : last);
    }),
  );
});
