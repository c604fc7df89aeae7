/** Gaps in the coverage of a table: by its projection, or by partitions that are not registered. */
import { describe, expect, test } from 'vitest';
import type { CoverageGap, NeededCoverage } from '../../../src/table/partitions/gaps/gap.js';
import { projectionGaps } from '../../../src/table/partitions/gaps/projected.js';
import { registrationGaps } from '../../../src/table/partitions/gaps/registered.js';
import {
  registeredSql,
  type RegisteredPair,
} from '../../../src/table/partitions/sql/registered.js';
import { day, layout, NOW, projected } from './layouts.js';

/** What a hunt of these days needs, `2026-01-30..2026-02-01`, open where a day is left out. */
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

const lines = (gaps: readonly CoverageGap[]) =>
  gaps.map(({ path, reason }) => `${path}: ${reason}`);

const timestamp = (range: string) =>
  layout(
    'timestamp string',
    projected({
      'timestamp.type': 'date',
      'timestamp.format': 'yyyy/MM/dd',
      'timestamp.range': range,
    }),
  );

describe('a projection', () => {
  const rows = 'the table gives no rows for';
  test.each([
    [
      '2020/01/01,NOW',
      '2019-12-30..2020-01-05',
      [
        `2019-12-30..2019-12-31: before projection.timestamp.range = 2020/01/01,NOW: ${rows} these days`,
      ],
    ],
    [
      '2020/01/01,NOW',
      '2019-12-31..2020-01-05',
      [`2019-12-31: before projection.timestamp.range = 2020/01/01,NOW: ${rows} this day`],
    ],
    [
      '2020/01/01,NOW',
      '2018-01-01..2018-12-31',
      [
        `2018-01-01..2018-12-31: before projection.timestamp.range = 2020/01/01,NOW: ${rows} these days`,
      ],
    ],
    ['2020/01/01,NOW', '2020-01-01..2026-02-02', []],
    // Tomorrow is looked at for late deliveries, and has none yet.
    ['2020/01/01,NOW', '2026-02-01..2026-02-03', []],
    ['2020/01/01,NOW', '..2020-01-05', []],
    ['2020/01/01,NOW', '..', []],
    [
      '2020/01/01,2025/12/31',
      '2019-12-31..2026-02-02',
      [
        `2019-12-31: before projection.timestamp.range = 2020/01/01,2025/12/31: ${rows} this day`,
        `2026-01-01..2026-02-02: after projection.timestamp.range = 2020/01/01,2025/12/31: ${rows} these days`,
      ],
    ],
    [
      '2020/01/01,2025/12/31',
      '..',
      [
        `2026-01-01..: after projection.timestamp.range = 2020/01/01,2025/12/31: ${rows} these days`,
      ],
    ],
    [
      '2020/01/01,2025/12/31',
      '2026-01-30..2026-02-02',
      [
        `2026-01-30..2026-02-02: after projection.timestamp.range = 2020/01/01,2025/12/31: ${rows} these days`,
      ],
    ],
  ])('of %s, asked for %s', (range, span, expected) => {
    expect(lines(projectionGaps(timestamp(range), needed(span)))).toEqual(expected);
  });

  test('leaves out the days that its lists have no value for', () => {
    const parts = layout(
      'year int, month int, day int',
      projected({
        'year.type': 'enum',
        'year.values': '2024,2026',
        'month.type': 'integer',
        'month.range': '1,12',
        'day.type': 'integer',
        'day.range': '1,30',
      }),
    );
    expect(lines(projectionGaps(parts, needed('2024-12-30..2026-02-01')))).toEqual([
      '2024-12-31: not among the projected values of "day": the table gives no rows for this day',
      '2026-01-31: not among the projected values of "day": the table gives no rows for this day',
      '2025-01-01..2025-12-31: not among the projected values of "year": the table gives no rows for these days',
    ]);
    const listed = layout(
      'dt string',
      projected({ 'dt.type': 'enum', 'dt.values': '2026-01-01,2026-01-03' }),
      { date: 'dt', format: 'yyyy-MM-dd' },
    );
    expect(lines(projectionGaps(listed, needed('2025-12-31..2026-01-03')))).toEqual([
      '2025-12-31: before projection.dt.values = 2026-01-01,2026-01-03: the table gives no rows for this day',
      '2026-01-02: not among the projected values of "dt": the table gives no rows for this day',
    ]);
  });

  test('leaves out the accounts and regions that it does not list', () => {
    const lists = layout(
      'account_id bigint, region string',
      projected({
        'account_id.type': 'integer',
        'account_id.range': '12345678901,12345678903',
        'region.type': 'enum',
        'region.values': 'us-east-1,eu-west-1',
      }),
    );
    const asked = needed('..', ['012345678901', '111122223333'], ['us-east-1', 'eu-north-1']);
    expect(lines(projectionGaps(lists, asked))).toEqual([
      'account=111122223333: not among the projected values of "account_id": the table gives no rows for this account',
      'region=eu-north-1: not among the projected values of "region": the table gives no rows for this region',
    ]);
    const any = layout('account string', projected({ 'account.type': 'injected' }));
    expect(projectionGaps(any, asked)).toEqual([]);
  });

  test('that is off leaves nothing out', () => {
    expect(
      projectionGaps(layout('dt date, account string'), needed('2000-01-01..', ['1'])),
    ).toEqual([]);
  });
});

describe('a table whose partitions are registered', () => {
  const table = layout('account string, region string, year string, month string, day string');
  const pair = (account: string, region: string, first: string, days: string): RegisteredPair => ({
    account,
    region,
    first: `2026-01-${first}`,
    days: days === '' ? [] : days.split(' ').map((date) => `2026-01-${date}`),
  });
  const full = pair('111122223333', 'us-east-1', '01', '26 27 28 29 30 31');
  const january = needed('2026-01-26..2026-01-31');

  test('lacks nothing where every pair has every day', () => {
    expect(
      registrationGaps({ layout: table, needed: january, registered: [full], now: NOW }),
    ).toEqual([]);
  });

  test('lacks nothing after today', () => {
    const now = day('2026-01-31') + 1;
    expect(
      registrationGaps({
        layout: table,
        needed: needed('2026-01-26..2026-02-02'),
        registered: [full],
        now: now,
      }),
    ).toEqual([]);
    expect(
      registrationGaps({
        layout: table,
        needed: needed('2026-01-26..'),
        registered: [full],
        now: now,
      }),
    ).toEqual([]);
    expect(
      lines(
        registrationGaps({
          layout: table,
          needed: needed('2026-01-26..'),
          registered: [full],
          now: NOW,
        }),
      ),
    ).toEqual([
      '2026-02-01..2026-02-02: not registered as a partition: the table gives no rows for these days',
    ]);
  });

  test('names what one pair lacks, its first days too, as few spans', () => {
    const late = pair('444455556666', 'eu-west-1', '27', '27 30');
    expect(
      lines(
        registrationGaps({ layout: table, needed: january, registered: [full, late], now: NOW }),
      ),
    ).toEqual([
      '2026-01-26 account=444455556666 region=eu-west-1: not registered as a partition: the table gives no rows for this day',
      '2026-01-28..2026-01-29 account=444455556666 region=eu-west-1: not registered as a partition: the table gives no rows for these days',
      '2026-01-31 account=444455556666 region=eu-west-1: not registered as a partition: the table gives no rows for this day',
    ]);
  });

  test('names a day that nobody has once', () => {
    const others = [
      pair('111122223333', 'us-east-1', '27', '27 28 31'),
      pair('444455556666', 'eu-west-1', '28', '28'),
    ];
    expect(
      lines(registrationGaps({ layout: table, needed: january, registered: others, now: NOW })),
    ).toEqual([
      '2026-01-26: not registered as a partition: the table gives no rows for this day',
      '2026-01-29..2026-01-30: not registered as a partition: the table gives no rows for these days',
      '2026-01-27 account=444455556666 region=eu-west-1: not registered as a partition: the table gives no rows for this day',
      '2026-01-31 account=444455556666 region=eu-west-1: not registered as a partition: the table gives no rows for this day',
    ]);
  });

  test('with an open start, lacks nothing before the first day that it has', () => {
    const gap = { ...full, first: '2026-01-29', days: ['2026-01-29', '2026-01-31'] };
    expect(
      lines(
        registrationGaps({
          layout: table,
          needed: needed('..2026-01-31'),
          registered: [gap],
          now: NOW,
        }),
      ),
    ).toEqual(['2026-01-30: not registered as a partition: the table gives no rows for this day']);
  });

  test('without any partition is one line', () => {
    const reason =
      'no partition of the table is registered, so it gives no rows: register them (ALTER TABLE … ADD PARTITION)';
    const asked = needed('2026-01-26..2026-01-31', ['111122223333'], ['us-east-1']);
    expect(registrationGaps({ layout: table, needed: asked, registered: [], now: NOW })).toEqual([
      { path: '2026-01-26..2026-01-31', reason },
    ]);
    expect(
      registrationGaps({ layout: table, needed: needed('..2026-02-03'), registered: [], now: NOW }),
    ).toEqual([{ path: '..2026-02-02', reason }]);
  });

  test('names the accounts and regions that have none, and looks at those that are needed', () => {
    const other = pair('444455556666', 'eu-west-1', '01', '');
    const asked = needed(
      '2026-01-26..2026-01-31',
      ['111122223333', '777788889999'],
      ['us-east-1', 'eu-north-1'],
    );
    expect(
      lines(
        registrationGaps({ layout: table, needed: asked, registered: [full, other], now: NOW }),
      ),
    ).toEqual([
      'account=777788889999: no partition is registered for it: the table gives no rows for this account',
      'region=eu-north-1: no partition is registered for it: the table gives no rows for this region',
    ]);
  });

  test('names the days where the accounts have partitions, but in other regions', () => {
    const other = pair('444455556666', 'eu-west-1', '01', '26');
    const asked = needed('2026-01-26..2026-01-31', ['111122223333'], ['eu-west-1']);
    expect(
      lines(
        registrationGaps({ layout: table, needed: asked, registered: [full, other], now: NOW }),
      ),
    ).toEqual([
      '2026-01-26..2026-01-31: no partition is registered for these accounts in these regions: the table gives no rows for these days',
    ]);
  });

  test('needs no account or region where it has no such key', () => {
    const dates = layout('dt date');
    const registered = {
      account: null,
      region: null,
      first: '2026-01-01',
      days: full.days.slice(1),
    };
    expect(
      lines(
        registrationGaps({
          layout: dates,
          needed: { ...january, accounts: ['1'], regions: ['a'] },
          registered: [registered],
          now: NOW,
        }),
      ),
    ).toEqual(['2026-01-26: not registered as a partition: the table gives no rows for this day']);
  });

  test('is not looked at where it is projected, or has no days', () => {
    expect(
      registrationGaps({
        layout: timestamp('2020/01/01,NOW'),
        needed: january,
        registered: [],
        now: NOW,
      }),
    ).toEqual([]);
    expect(
      registrationGaps({
        layout: layout('region string'),
        needed: january,
        registered: [],
        now: NOW,
      }),
    ).toEqual([]);
    expect(() =>
      registeredSql(layout('region string'), '"t$partitions"', {
        days: undefined,
        accounts: undefined,
        regions: undefined,
      }),
    ).toThrow('the layout has no day to list partitions by');
  });
});
