/** The SQL of a slice, and the errors about injected keys. */
import { describe, expect, test } from 'vitest';
import { HuntError } from '../../../../src/errors.js';
import { predicateSql } from '../../../../src/table/partitions/sql/predicate.js';
import type { Slice } from '../../../../src/table/partitions/slice.js';
import { day, layout, projected } from '../layouts.js';

const ALL: Slice = { days: undefined, accounts: undefined, regions: undefined };

/** A slice of days alone, `2026-01-30..2026-02-01`, open where a day is left out. */
function days(span: string): Slice {
  const [first = '', last = ''] = span.split('..');
  return {
    ...ALL,
    days: { first: first ? day(first) : -Infinity, last: last ? day(last) : Infinity },
  };
}

const texts = layout('region string, year string, month string, day string');
const numbers = layout('account bigint, region string, year int, month int, day int');
const timestamp = layout(
  'region string, timestamp string',
  projected({
    'timestamp.type': 'date',
    'timestamp.format': 'yyyy/MM/dd',
    'timestamp.range': '2020/01/01,NOW',
  }),
);

describe('year, month and day', () => {
  test.each([
    ['2026-01-30..2026-01-31', `"year" = 2026 AND "month" = 1 AND "day" IN (30, 31)`],
    [
      '2026-01-31..2026-02-01',
      `(("year" = 2026 AND "month" = 1 AND "day" = 31) OR ("year" = 2026 AND "month" = 2 AND "day" = 1))`,
    ],
    ['2026-03-01..2026-03-31', `"year" = 2026 AND "month" = 3`],
    ['2026-11-01..2026-12-31', `"year" = 2026 AND "month" IN (11, 12)`],
    ['2024-01-01..2024-12-31', `"year" = 2024`],
    ['2023-01-01..2025-12-31', `"year" BETWEEN 2023 AND 2025`],
    ['..2025-12-31', `"year" <= 2025`],
    ['2026-01-01..', `"year" >= 2026`],
    ['..2026-01-02', `(("year" <= 2025) OR ("year" = 2026 AND "month" = 1 AND "day" IN (1, 2)))`],
    ['2026-12-31..', `(("year" = 2026 AND "month" = 12 AND "day" = 31) OR ("year" >= 2027))`],
    ['2026-01-02..2026-01-01', 'FALSE'],
  ])('%s is as short as can be', (span, sql) => {
    expect(predicateSql(numbers, days(span))).toBe(sql);
  });

  test('partitions without a day have none that can be read', () => {
    expect(predicateSql(numbers, { ...ALL, accounts: ['012345678901'], undated: true })).toMatch(
      /^"account" = 12345678901 AND TRY_CAST\(.*"year".*"day".* AS date\) IS NULL$/,
    );
  });

  test('text is matched both ways where nobody knows how it is written', () => {
    expect(predicateSql(texts, days('2026-02-09..2026-02-10'))).toBe(
      `"year" = '2026' AND "month" IN ('02', '2') AND "day" IN ('09', '9', '10')`,
    );
  });
});

describe('one date', () => {
  test.each([
    ['2026-01-30..2026-02-01', `"timestamp" >= '2026/01/30' AND "timestamp" < '2026/02/02'`],
    ['..2026-02-01', `"timestamp" < '2026/02/02'`],
    ['2026-01-30..', `"timestamp" >= '2026/01/30'`],
    // Days that text could not write in their order.
    ['2026-01-30..9999-12-31', `"timestamp" >= '2026/01/30'`],
  ])('%s is a range', (span, sql) => {
    expect(predicateSql(timestamp, days(span))).toBe(sql);
  });

  test('hours are in the range of their days', () => {
    const hourly = layout('dt string', {}, { date: 'dt', format: 'yyyy-MM-dd-HH' });
    expect(predicateSql(hourly, days('2026-01-30..2026-01-30'))).toBe(
      `"dt" >= '2026-01-30-00' AND "dt" < '2026-01-31-00'`,
    );
  });

  test('a date is a date', () => {
    expect(predicateSql(layout('dt date'), days('2026-01-30..2026-01-30'))).toBe(
      `"dt" >= DATE '2026-01-30' AND "dt" < DATE '2026-01-31'`,
    );
  });
});

describe('account and region', () => {
  test('are constrained where the slice lists them, in the type of the key', () => {
    const slice = { ...ALL, accounts: ['012345678901', '111122223333'], regions: ["o'region"] };
    expect(predicateSql(numbers, slice)).toBe(
      `"account" IN (12345678901, 111122223333) AND "region" = 'o''region'`,
    );
    expect(predicateSql(texts, slice)).toBe(`"region" = 'o''region'`);
  });

  test('select nothing where the slice lists none, or none that the key can have', () => {
    expect(predicateSql(numbers, { ...ALL, regions: [] })).toBe('FALSE');
    expect(predicateSql(numbers, { ...ALL, accounts: ['1 OR 1=1'] })).toBe('FALSE');
  });
});

test('nothing is constrained where the slice is everything', () => {
  expect(predicateSql(numbers, ALL)).toBeUndefined();
  expect(predicateSql(numbers, days('..'))).toBeUndefined();
  expect(
    predicateSql(layout(''), { ...days('2026-01-30..2026-02-01'), accounts: ['1'] }),
  ).toBeUndefined();
});

test('a column with a quote in its name stays a name', () => {
  expect(
    predicateSql(layout('a"b string', {}, { region: 'a"b' }), { ...ALL, regions: ['x'] }),
  ).toBe(`"a""b" = 'x'`);
});

describe('an injected key', () => {
  const injected = (columns: string, roles = {}) =>
    layout(
      columns,
      projected(
        Object.fromEntries(
          columns.split(', ').map((key) => [`${key.split(' ')[0]}.type`, 'injected']),
        ),
      ),
      roles,
    );
  test.each([
    [
      'account string',
      {},
      'partition key "account" is injected, so the table gives no rows until a query names its accounts: name them with --account, or by the accounts of a rule',
    ],
    [
      'region string',
      {},
      'partition key "region" is injected, so the table gives no rows until a query names its regions: name them with --region',
    ],
    [
      'dt string',
      { date: 'dt', format: 'yyyy-MM-dd' },
      'partition key "dt" is injected, so the table gives no rows until a query names its days: name them with --since and --until',
    ],
    [
      'tenant string',
      {},
      'partition key "tenant" is injected, so the table gives no rows until a query names its values; set them in hunt.yml: partitions: { tenant: { injected: [VALUE, …] } }, or say what the key is: partitions: { account: tenant }',
    ],
  ])('%s without values is an error that says what to give', (columns, roles, message) => {
    const attempt = () => predicateSql(injected(columns, roles), days('2026-01-01..'));
    expect(attempt).toThrow(new HuntError('USAGE', message));
    expect(attempt).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  test('an empty list is no value', () => {
    expect(() => predicateSql(injected('account string'), { ...ALL, accounts: [] })).toThrow(
      /--account/,
    );
  });

  test('has each of its days named, never a range', () => {
    const date = injected('dt string', { date: 'dt', format: 'yyyy-MM-dd' });
    expect(predicateSql(date, days('2026-01-31..2026-02-01'))).toBe(
      `"dt" IN ('2026-01-31', '2026-02-01')`,
    );
    const month = layout('year int, month int, day int', projected({ 'day.type': 'injected' }));
    expect(predicateSql(month, days('2026-02-01..2026-02-28'))).toMatch(
      /^"year" = 2026 AND "month" = 2 AND "day" IN \(1, 2, .*28\)$/,
    );
  });
});
