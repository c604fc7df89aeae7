/** Gaps in the coverage of a table by its projection. */
import { describe, expect, test } from 'vitest';
import type { PartitionGap, NeededCoverage } from '../../../src/table/partitions/gaps/gap.js';
import { projectionGaps } from '../../../src/table/partitions/gaps/projected.js';
import { day, layout, projected } from './layouts.js';

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

const lines = (gaps: readonly PartitionGap[]) =>
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
