/** How partition keys are recognised by hunt.yml, projection or name, and the notes about the others. */
import { describe, expect, test } from 'vitest';
import { HuntError } from '../../../src/errors.js';
import type { Layout, PartitionKey } from '../../../src/table/partitions/layout.js';
import { layoutOf } from '../../../src/table/partitions/recognise.js';
import { PARTITION_ROLES } from '../../../src/table/partitions/roles.js';
import { day, describeTable, layout, projected } from './layouts.js';

/** The key of each role. */
function roles({ days, account, region, others }: Layout): string {
  const name = (key: PartitionKey | undefined) => key?.column ?? '-';
  const date =
    days === undefined
      ? '-'
      : days.kind === 'text'
        ? `${name(days.key)} (${days.format})`
        : `${name(days.year)}/${name(days.month)}/${name(days.day)} (${days.digits})`;
  return [date, name(account), name(region), ...others.map(name)].join(' ');
}

const date = (column: string, format = 'yyyy/MM/dd', range = '2020/01/01,NOW') =>
  projected({
    [`${column}.type`]: 'date',
    [`${column}.format`]: format,
    [`${column}.range`]: range,
  });
const monthAndDay = (type: string, rest: Readonly<Record<string, string>>) =>
  projected(
    Object.fromEntries(
      ['month', 'day'].flatMap((key) => [
        [`${key}.type`, type],
        ...Object.entries(rest).map(([name, value]) => [`${key}.${name}`, value]),
      ]),
    ),
  );

describe('keys are recognised', () => {
  test.each([
    [
      "by AWS's documented names",
      layout('region string, year string, month string, day string'),
      'year/month/day (either) - region',
    ],
    ['as numbers', layout('year int, month tinyint, day bigint'), 'year/month/day (plain) - -'],
    [
      'as a date that is projected',
      layout('region string, timestamp string', date('timestamp')),
      'timestamp (yyyy/MM/dd) - region',
    ],
    [
      'in the trail of an organisation',
      layout('org string, account string, region string, timestamp string', date('timestamp')),
      'timestamp (yyyy/MM/dd) account region org',
    ],
    [
      'by the type of their projection, whatever their name',
      layout('Snapshot string', date('snapshot', 'yyyyMMdd', '20200101,NOW')),
      'Snapshot (yyyyMMdd) - -',
    ],
    [
      'in any case',
      layout('AWS_Account_ID string, AWS_Region string, Year string, MONTH string, Day string'),
      'Year/MONTH/Day (either) AWS_Account_ID AWS_Region',
    ],
    [
      'as a key of the type date',
      layout('year int, month int, day date'),
      'day (yyyy-MM-dd) - - year month',
    ],
    ['as a day alone', layout('day date'), 'day (yyyy-MM-dd) - -'],
    [
      'with hours',
      layout('dt string', date('dt', "yyyy-MM-dd'T'HH", '2020-01-01T00,NOW')),
      "dt (yyyy-MM-dd'T'HH) - -",
    ],
    [
      'with hours beside the day',
      layout('year int, month int, day int, hour int'),
      'year/month/day (plain) - - hour',
    ],
    [
      'with two digits by enum',
      layout('year string, month string, day string', monthAndDay('enum', { values: '01,02,10' })),
      'year/month/day (two) - -',
    ],
    [
      'without leading zeros by enum',
      layout('year string, month string, day string', monthAndDay('enum', { values: '1,2,10' })),
      'year/month/day (plain) - -',
    ],
    [
      'with two digits by integer',
      layout(
        'year string, month string, day string',
        monthAndDay('integer', { range: '1,12', digits: '2' }),
      ),
      'year/month/day (two) - -',
    ],
    [
      'without leading zeros by integer',
      layout('year string, month string, day string', monthAndDay('integer', { range: '01,12' })),
      'year/month/day (plain) - -',
    ],
  ])('%s', (_how, found, expected) => {
    expect(roles(found)).toBe(expected);
    expect(found.notes).toEqual([]);
  });

  test('by hunt.yml before their names', () => {
    const found = layout(
      'account string, tenant string, dt string, timestamp string',
      {},
      { account: 'TENANT', date: 'dt', format: 'yyyy-MM-dd' },
    );
    expect(roles(found)).toBe('dt (yyyy-MM-dd) tenant - account timestamp');
    const parts = layout('y string, m string, d string', {}, { year: 'y', month: 'm', day: 'd' });
    expect(roles(parts)).toBe('y/m/d (either) - -');
    expect(roles(layout('dt string', {}, { format: 'yyyyMMdd' }))).toBe('dt (yyyyMMdd) - -');
  });

  test('with the values that a projection gives them', () => {
    const found = layout(
      'account string, region string, n string',
      projected({
        'account.type': ' Injected ',
        'region.type': 'ENUM',
        'region.values': 'us-east-1,eu-west-1',
        'n.type': 'integer',
        'n.range': ' 8 , 12 ',
        'n.interval': '2',
        'n.digits': '3',
      }),
    );
    expect(found.account?.values).toEqual({ kind: 'injected' });
    expect(found.region?.values).toEqual({ kind: 'listed', values: ['us-east-1', 'eu-west-1'] });
    expect(found.others[0]?.values).toEqual({ kind: 'listed', values: ['008', '010', '012'] });
    expect(found.projected).toBe(true);
  });

  test('as registered where projection is off', () => {
    const off = { ...date('timestamp'), 'projection.enabled': 'false' };
    const found = layout('account string, timestamp string', {
      ...off,
      'projection.account.type': 'injected',
    });
    expect(found.projected).toBe(false);
    expect(found.account?.values).toEqual({ kind: 'any' });
    expect(found.days).toBeUndefined();
    expect(layout('', projected({})).projected).toBe(false);
  });
});

describe('the range of a projection', () => {
  // It is 2026-02-02T10:30Z.
  test.each([
    ['yyyy/MM/dd', '2020/01/01,NOW', '2020-01-01', '2026-02-02', true],
    ['yyyy/MM/dd', '2020/01/01,2024/02/29', '2020-01-01', '2024-02-29', undefined],
    ['yyyy/MM/dd', '2020/01/01,2026/02/02', '2020-01-01', '2026-02-02', true],
    ['yyyy/MM/dd', '2020/01/01,2026/02/01', '2020-01-01', '2026-02-01', undefined],
    ['yyyy-MM-dd', 'NOW-3YEARS,NOW', '2023-02-02', '2026-02-02', true],
    ['yyyy-MM-dd', ' NOW - 3 MONTHS , NOW + 1 DAY ', '2025-11-02', '2026-02-03', true],
    ['yyyy-MM-dd', 'NOW-1MONTH,NOW-2WEEKS', '2026-01-02', '2026-01-19', undefined],
    ['yyyy-MM-dd', 'NOW-36MONTHS,NOW+1YEAR', '2023-02-02', '2027-02-02', true],
    // The hours before 10 o'clock are missing from the first day.
    ['yyyy/MM/dd/HH', 'NOW-48HOURS,NOW', '2026-02-01', '2026-02-02', true],
    ['yyyy/MM/dd/HH', '2020/01/01/00,2020/01/02/22', '2020-01-01', '2020-01-01', undefined],
    ['yyyy/MM/dd/HH', '2020/01/01/00,2020/01/02/23', '2020-01-01', '2020-01-02', undefined],
    ["'d='yyyyMMdd", 'd=20200101,NOW', '2020-01-01', '2026-02-02', true],
  ])('%s %s holds the days that it holds whole', (format, range, first, last, reachesNow) => {
    const { days, notes } = layout('timestamp string', date('timestamp', format, range));
    expect(notes).toEqual([]);
    expect(days?.range).toEqual({
      first: day(first),
      last: day(last),
      property: `projection.timestamp.range = ${range}`,
      ...(reachesNow && { reachesNow }),
    });
  });

  test('is cut at the end of a shorter month, as Java does', () => {
    const table = describeTable('dt string', date('dt', 'yyyy-MM-dd', 'NOW-3MONTHS,NOW-1YEAR'));
    const { days } = layoutOf(table, { roles: new Map() }, Date.parse('2024-05-31T23:59:59Z'));
    expect(days?.range.first).toBe(day('2024-02-29'));
    const leap = layoutOf(
      describeTable('dt string', date('dt', 'yyyy-MM-dd', 'NOW-1YEAR,NOW')),
      { roles: new Map() },
      day('2024-02-29'),
    );
    expect(leap.days?.range.first).toBe(day('2023-02-28'));
  });

  test.each([
    ['integer', { 'year.range': '2019,2030' }, '2030-12-31', true],
    ['integer', { 'year.range': '2019,2024' }, '2024-12-31', undefined],
    ['enum', { 'year.values': '2019,2020,2024' }, '2024-12-31', undefined],
    ['enum', { 'year.values': '2019,2026' }, '2026-12-31', true],
    ['date', { 'year.range': '2019,NOW', 'year.format': 'yyyy' }, '2026-12-31', true],
  ])('of a year that is %s holds whole years: %j', (type, properties, last, reachesNow) => {
    const { days } = layout(
      'year int, month int, day int',
      projected({ 'year.type': type, ...properties }),
    );
    const [[name, value] = []] = Object.entries(properties);
    expect(days?.range).toEqual({
      first: day('2019-01-01'),
      last: day(last),
      property: `projection.${name} = ${value}`,
      ...(reachesNow && { reachesNow }),
    });
  });

  test.each([
    '2020-01-01,NOW',
    '2020/02/30,NOW',
    'NOW',
    '2020/01/01,LATER',
    'NOW-999999999YEARS,NOW',
  ])('%s cannot be read, and that is noted', (range) => {
    const { days, notes } = layout('timestamp string', date('timestamp', 'yyyy/MM/dd', range));
    expect(days?.range).toMatchObject({ first: -Infinity, last: Infinity });
    expect(notes).toEqual([
      `projection.timestamp.range = ${range} cannot be read, so days outside it, for which the table gives no rows, are not reported`,
    ]);
  });

  test('sets no bound where there is none', () => {
    expect(layout('dt date').days?.range).toEqual({
      first: -Infinity,
      last: Infinity,
      property: undefined,
    });
  });
});

describe('what is not understood is noted, with the mapping that would help', () => {
  const another = 'if another key is the date, set partitions: {date: …} in hunt.yml';
  test.each([
    [
      layout('dt string'),
      'partition key "dt" cannot be used, so every day is read: its format is not known; set partitions: {date: dt, format: yyyy-MM-dd} in hunt.yml, with its own format',
    ],
    [
      layout('dt string', date('dt', 'd/M/yyyy')),
      `partition key "dt" cannot be used, so every day is read: texts in the format d/M/yyyy do not sort by time, or the format is not known; ${another}`,
    ],
    [
      layout('dt string', date('dt', 'yyyy/MM')),
      `partition key "dt" cannot be used, so every day is read: the format yyyy/MM names no day; ${another}`,
    ],
    [
      layout('dt int', date('dt', 'yyyy-MM-dd')),
      `partition key "dt" cannot be used, so every day is read: its values are numbers, and texts in the format yyyy-MM-dd are not numbers; ${another}`,
    ],
    [
      layout('dt string', {
        ...date('dt'),
        'projection.dt.interval': '1',
        'projection.dt.interval.unit': 'WEEKS',
      }),
      `partition key "dt" cannot be used, so every day is read: a partition holds more than one day (projection.dt.interval); ${another}`,
    ],
    [
      layout('year string, month string'),
      'partitioned by "year" and "month", which gives no day, so every day is read; if another key has the rest, set partitions: {year: …, month: …, day: …} in hunt.yml',
    ],
    [
      layout('region string, p1 string, dt date'),
      'partition key "p1" is not understood, so all its values are read; if it is the account, set partitions: {account: p1} in hunt.yml',
    ],
    [
      layout('p1 string'),
      'partition key "p1" is not understood, so all its values are read; if it is the account or the region or the date, set partitions: {account: p1} in hunt.yml',
    ],
  ])('%#', ({ notes }, note) => {
    expect(notes).toEqual([note]);
  });

  test('an organisation, an hour, a list of one, and a table without keys need no note', () => {
    const found = layout(
      'org_id string, hour int, kind string, dt date',
      projected({ 'kind.type': 'enum', 'kind.values': 'CloudTrail' }),
    );
    expect(found.notes).toEqual([]);
    expect(layout('').notes).toEqual([]);
  });
});

describe('a mapping that cannot be is an error', () => {
  test.each([
    [
      'account string',
      { account: 'acount' },
      'partitions: account: "acount" is not a partition key; the table has account. Did you mean "account"?',
    ],
    [
      '',
      { account: 'account' },
      'partitions: account: "account" is not a partition key: the table has none',
    ],
    [
      'account string',
      { account: 'eventname' },
      'partitions: account: "eventname" is not a partition key; the table has account.',
    ],
    ['a string', { account: 'a', region: 'A' }, 'partitions: account and region are both "A"'],
    [
      'a string, b string',
      { date: 'a', year: 'b' },
      'partitions: name either date, or year, month and day',
    ],
    [
      'y string, month string',
      { year: 'y' },
      'partitions: year, month and day give a day together: name all three, or date',
    ],
    [
      'dt string',
      { date: 'dt' },
      'partitions: date "dt": its format is not known; set partitions: {date: dt, format: yyyy-MM-dd} in hunt.yml, with its own format',
    ],
    [
      'dt string',
      { date: 'dt', format: 'yy-M-d' },
      'partitions: date "dt": texts in the format yy-M-d do not sort by time, or the format is not known; if another key is the date, set partitions: {date: …} in hunt.yml',
    ],
    [
      'region string',
      { format: 'yyyy' },
      'partitions: format needs date, the partition key that has this format',
    ],
    [
      'year int, month int, day int',
      { format: 'yyyy' },
      'partitions: format needs one date; the day is in "year", "month" and "day"',
    ],
  ])('%s %j', (keys, mapping, message) => {
    const attempt = () => layout(keys, {}, mapping);
    expect(attempt).toThrow(HuntError);
    expect(attempt).toThrow(expect.objectContaining({ code: 'CONFIG', message }));
  });

  test('the words of a mapping are known', () => {
    expect(PARTITION_ROLES).toEqual([
      'account',
      'region',
      'year',
      'month',
      'day',
      'date',
      'format',
    ]);
  });
});
