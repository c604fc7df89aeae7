/** Partition keys whose meaning only their registered values say: those of a crawler, and dates in an unknown format. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatOf, readFormat, writeDate } from '../../../src/table/partitions/days/date-format.js';
import { layoutOf } from '../../../src/table/partitions/recognise.js';
import type { PartitionHints, PartitionRoles } from '../../../src/table/partitions/roles.js';
import { completeHints, openKeys } from '../../../src/table/partitions/values/complete-hints.js';
import { formatOfValues } from '../../../src/table/partitions/values/date-text.js';
import { kindOf } from '../../../src/table/partitions/values/value-kind.js';
import { describeTable, NOW, projected } from './layouts.js';

const ACCOUNT = ['111122223333', '012345678901'];
const REGIONS = ['us-east-1', 'us-gov-west-1', 'cn-north-1', 'us-isob-east-1', 'eusc-de-east-1'];
const DAYS = Array.from({ length: 31 }, (_, n) => String(n + 1).padStart(2, '0'));
const EARLY = DAYS.slice(0, 12);
const MONTHS = ['01', '02', '12'];
const YEARS = ['2025', '2026'];

interface Found {
  /** Role → column. */
  readonly roles: Readonly<Record<string, string>>;
  readonly notes: number;
}

/** What is found of a table whose keys have these values. */
function found(
  keys: string,
  values: Readonly<Record<string, readonly (string | null)[]>>,
  roles: Readonly<Record<string, string>> = {},
): Found {
  const table = describeTable(keys);
  const hints: PartitionHints = { roles: new Map(Object.entries(roles)) as PartitionRoles };
  const completed = completeHints(table, hints, new Map(Object.entries(values)));
  const { account, region, days, notes } = layoutOf(table, completed, NOW);
  return {
    roles: {
      ...(account && { account: account.column }),
      ...(region && { region: region.column }),
      ...(days?.kind === 'text' && { date: days.key.column, format: days.format }),
      ...(days?.kind === 'parts' && {
        year: days.year.column,
        month: days.month.column,
        day: days.day.column,
      }),
    },
    notes: notes.length,
  };
}

const crawler = (count: number): string =>
  Array.from({ length: count }, (_, n) => `partition_${n} string`).join(', ');

describe('the keys of a crawler', () => {
  test.each<[string, string, Parameters<typeof found>[1], Found['roles']]>([
    [
      'of the folders of an organisation',
      crawler(8),
      {
        partition_0: ['AWSLogs'],
        partition_1: ['o-exampleorgid'],
        partition_2: ACCOUNT,
        partition_3: ['CloudTrail', 'CloudTrail-Digest'],
        partition_4: REGIONS,
        partition_5: YEARS,
        partition_6: MONTHS,
        partition_7: DAYS,
      },
      {
        account: 'partition_2',
        region: 'partition_4',
        year: 'partition_5',
        month: 'partition_6',
        day: 'partition_7',
      },
    ],
    [
      'with the hour, and early in a month',
      crawler(4),
      {
        partition_0: YEARS,
        partition_1: MONTHS,
        partition_2: EARLY,
        partition_3: ['00', '23'],
      },
      { year: 'partition_0', month: 'partition_1', day: 'partition_2' },
    ],
    [
      'with the day before the month, and numbers without a zero',
      crawler(3),
      { partition_0: ['1', '31'], partition_1: ['1', '2'], partition_2: YEARS },
      { year: 'partition_2', month: 'partition_1', day: 'partition_0' },
    ],
    [
      'with a shard before the year',
      crawler(5),
      {
        partition_0: ['0', '7'],
        partition_1: ['7'],
        partition_2: YEARS,
        partition_3: MONTHS,
        partition_4: EARLY,
      },
      { year: 'partition_2', month: 'partition_3', day: 'partition_4' },
    ],
    [
      'some of which have names',
      'region string, year string, partition_0 string, partition_1 string, partition_2 string',
      { partition_0: ACCOUNT, partition_1: MONTHS, partition_2: DAYS, year: YEARS },
      {
        account: 'partition_0',
        region: 'region',
        year: 'year',
        month: 'partition_1',
        day: 'partition_2',
      },
    ],
    [
      'with a date in one text',
      'partition_0 string, partition_1 string',
      { partition_0: ['2026-02-03-00', '2026-02-03-23'], partition_1: REGIONS },
      { region: 'partition_1', date: 'partition_0', format: 'yyyy-MM-dd-HH' },
    ],
  ])('%s are recognised', (_name, keys, values, roles) => {
    expect(found(keys, values).roles).toEqual(roles);
  });

  test.each<[string, string, Parameters<typeof found>[1]]>([
    ['values that do not agree', 'p string', { p: ['111122223333', 'eu-west-1'] }],
    ['a partition without a value', 'p string', { p: ['2026-02-03', null] }],
    ['no value', 'p string', { p: [] }],
    ['two accounts', 'p string, q string', { p: ACCOUNT, q: ACCOUNT }],
    ['two dates', 'p string, q string', { p: ['2026-02-03'], q: ['2026-02-04'] }],
    [
      'a shard, a year and a month',
      crawler(3),
      { partition_0: ['7'], partition_1: YEARS, partition_2: MONTHS },
    ],
    ['a month and no day', 'p string, q string', { p: YEARS, q: MONTHS }],
    [
      'two days and no month',
      crawler(3),
      { partition_0: YEARS, partition_1: DAYS, partition_2: DAYS },
    ],
    ['dates that do not sort', 'dt string', { dt: ['03-02-2026'] }],
    ['dates that are none', 'dt string', { dt: ['2026-02-03', '2026-02-30'] }],
    ['the day before the month in a date', 'dt string', { dt: ['2026-03-02', '2026-13-02'] }],
  ])('with %s stay as they are, with a note', (_name, keys, values) => {
    const { roles, notes } = found(keys, values);
    expect(roles).toEqual({});
    expect(notes).toBeGreaterThan(0);
  });

  test('need no note where they are folders that every log has', () => {
    const values = { p: ['AWSLogs'], q: ['o-exampleorgid'], dt: ['20260203'] };
    expect(found('p string, q string, dt string', values)).toEqual({
      roles: { date: 'dt', format: 'yyyyMMdd' },
      notes: 0,
    });
  });

  test('with dates under another name are read whole: they may be those of an import', () => {
    const table = describeTable('ingest_date string');
    const values = new Map([['ingest_date', ['2026-03-01', '2026-03-02']]]);
    const { days, notes } = layoutOf(
      table,
      completeHints(table, { roles: new Map() }, values),
      NOW,
    );
    expect(days).toBeUndefined();
    expect(notes).toEqual([
      expect.stringContaining(
        'set partitions: {date: ingest_date, format: yyyy-MM-dd} in hunt.yml',
      ),
    ]);
  });

  test('have the role that hunt.yml gives them', () => {
    const values = { p: ACCOUNT, q: ACCOUNT, partition_2: ['2026-02-03'], r: ['2026-02-03'] };
    expect(found('p string, q string, partition_2 string', values, { account: 'q' }).roles).toEqual(
      {
        account: 'q',
        date: 'partition_2',
        format: 'yyyy-MM-dd',
      },
    );
    expect(found('p string, r string', values, { date: 'R' }).roles).toMatchObject({
      format: 'yyyy-MM-dd',
    });
  });
});

test('values are listed only where they may say something', () => {
  const open = (keys: string, roles: Readonly<Record<string, string>> = {}, properties = {}) =>
    openKeys(describeTable(keys, properties), {
      roles: new Map(Object.entries(roles)) as PartitionRoles,
    });
  expect(open('')).toEqual([]);
  expect(open('region string, year string, month string, day string')).toEqual([]);
  expect(open('account string, dt date, org string, hour int')).toEqual([]);
  expect(open('dt string', { date: 'dt', format: 'yyyyMMdd' })).toEqual([]);
  expect(open('dt string', {}, projected({ 'dt.type': 'injected' }))).toEqual([]);
  expect(open('dt string', { date: 'dt' })).toEqual(['dt']);
  expect(open('account string, region string, p string, dt date')).toEqual([]);
  expect(open('account string, region string, p string, dt string')).toEqual(['p', 'dt']);
  expect(open('region string, p string, year int, month int, day int')).toEqual(['p']);
});

test.each([
  ['account', ['111122223333']],
  // Minutes, and not accounts.
  ['date', ['202602031259', '202602032359']],
  ['account', ['202602031259', '202602039959']],
  ['region', [...REGIONS, 'ap-southeast-4', 'mx-central-1', 'il-central-1', 'eu-isoe-west-1']],
  [undefined, ['us-east-1', 'global']],
  [undefined, ['eu-west-1a']],
  ['year', ['2026']],
  ['small number', ['0', '23']],
])('%s: %j', (kind, values) => {
  expect(kindOf(values)).toBe(kind);
});

test('a date in any format that is usual is recognised, and read back as written', () => {
  const separator = fc.constantFrom('-', '/', '', '_', '.', ' ');
  const formats = fc
    .record({
      date: separator,
      time: fc.constantFrom('-', ':', ''),
      between: fc.constantFrom('-', '/', ' ', "'T'", ''),
      fields: fc.integer({ min: 3, max: 6 }),
      end: fc.constantFrom('', "'Z'"),
    })
    .map(({ date, time, between, fields, end }) =>
      [
        ['yyyy', 'MM', 'dd'].join(date),
        ...(fields === 3 ? [] : [between, ['HH', 'mm', 'ss'].slice(0, fields - 3).join(time)]),
        end,
      ].join(''),
    );
  const instants = fc.array(
    fc.integer({ min: Date.parse('2014-01-01'), max: Date.parse('2030-12-31') }),
    { minLength: 1, maxLength: 20 },
  );
  fc.assert(
    fc.property(formats, instants, (format, times) => {
      const texts = times.map((time) => writeDate(formatOf(format), time));
      const recognised = readFormat(formatOfValues(texts) ?? '');
      expect(recognised).toBeDefined();
      expect(times.map((time) => recognised && writeDate(recognised, time))).toEqual(texts);
    }),
  );
});
