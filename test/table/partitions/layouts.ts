/** The usual layouts of tables, each with the key values of a partition. */
import { layoutOf } from '../../../src/table/partitions/recognise.js';
import type { PartitionRoles } from '../../../src/table/partitions/roles.js';
import type { TableDescription } from '../../../src/table/description.js';
import type { Layout } from '../../../src/table/partitions/layout.js';

export const ACCOUNTS = ['111122223333', '012345678901', '444455556666'] as const;
export const REGIONS = ['us-east-1', 'eu-central-1', "o'region"] as const;
export const NOW = Date.parse('2026-02-02T10:30:00Z');

export const day = (text: string): number => Date.parse(text);

/** A table's description; keys as `account string, dt date`. */
export function describeTable(
  keys: string,
  properties: Readonly<Record<string, string>> = {},
): TableDescription {
  return {
    columns: [{ name: 'eventname', type: 'string' }],
    partitionKeys:
      keys === ''
        ? []
        : keys.split(', ').map((key) => {
            const [name = '', type = ''] = key.split(' ');
            return { name, type };
          }),
    properties: new Map(Object.entries(properties)),
  };
}

/** The properties of a table that is projected. */
export function projected(
  properties: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    'projection.enabled': 'true',
    ...Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [`projection.${key}`, value]),
    ),
  };
}

export function layout(
  keys: string,
  properties: Readonly<Record<string, string>> = {},
  roles: Readonly<Partial<Record<Parameters<PartitionRoles['get']>[0], string>>> = {},
): Layout {
  const entries = Object.entries(roles) as [Parameters<PartitionRoles['get']>[0], string][];
  return layoutOf(describeTable(keys, properties), { roles: new Map(entries) }, NOW);
}

export interface TestedLayout {
  readonly name: string;
  readonly layout: Layout;
  /** The values of a partition's keys as SQL, in their order; several rows where text may be written in several ways. */
  readonly rows: (partition: Partition) => readonly (readonly string[])[];
  readonly columns: string;
}

export interface Partition {
  readonly day: number;
  readonly account: string;
  readonly region: string;
}

const parts = (at: number): readonly [string, string, string] => {
  const [year = '', month = '', date = ''] = new Date(at).toISOString().slice(0, 10).split('-');
  return [year, month, date];
};
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const plain = (value: string): string => String(Number(value));
const integers = {
  'year.type': 'integer',
  'year.range': '2019,2030',
  'month.type': 'integer',
  'month.range': '1,12',
  'day.type': 'integer',
  'day.range': '1,31',
};
const date = (format: string, range = '2010/01/01,NOW') => ({
  'timestamp.type': 'date',
  'timestamp.format': format,
  'timestamp.range': range,
});
const lists = {
  'account.type': 'enum',
  'account.values': ACCOUNTS.join(','),
  'region.type': 'enum',
  'region.values': REGIONS.join(','),
};
const injected = { 'account.type': 'injected', 'region.type': 'injected' };

export const LAYOUTS: readonly TestedLayout[] = [
  {
    name: 'region, year, month, day as text, registered by hand',
    layout: layout('account string, region string, year string, month string, day string'),
    columns: 'account varchar, region varchar, year varchar, month varchar, day varchar',
    rows: (at) => {
      const [year, month, date_] = parts(at.day).map(text);
      const [, oneMonth, oneDay] = parts(at.day).map(plain).map(text);
      return [
        [text(at.account), text(at.region), year ?? '', month ?? '', date_ ?? ''],
        [text(at.account), text(at.region), year ?? '', oneMonth ?? '', oneDay ?? ''],
      ];
    },
  },
  {
    name: 'year, month, day and the account as numbers',
    layout: layout('account bigint, region string, year int, month int, day int'),
    columns: 'account bigint, region varchar, year integer, month integer, day integer',
    rows: (at) => [[plain(at.account), text(at.region), ...parts(at.day).map(plain)]],
  },
  {
    name: 'year, month, day projected with two digits',
    layout: layout(
      'account string, region string, year string, month string, day string',
      projected({ ...lists, ...integers, 'month.digits': '2', 'day.digits': '2' }),
    ),
    columns: 'account varchar, region varchar, year varchar, month varchar, day varchar',
    rows: (at) => [[at.account, at.region, ...parts(at.day)].map(text)],
  },
  {
    name: 'year, month, day projected without leading zeros',
    layout: layout(
      'account string, region string, year string, month string, day string',
      projected({ ...lists, ...integers }),
    ),
    columns: 'account varchar, region varchar, year varchar, month varchar, day varchar',
    rows: (at) => [[at.account, at.region, ...parts(at.day).map(plain)].map(text)],
  },
  ...(
    [
      ['yyyy/MM/dd', (at: number) => [parts(at).join('/')]],
      ['yyyyMMdd', (at: number) => [parts(at).join('')]],
      ["'d='yyyy-MM-dd''''", (at: number) => [`d=${parts(at).join('-')}'`]],
      [
        'yyyy/MM/dd/HH',
        (at: number) => ['00', '07', '23'].map((hour) => [...parts(at), hour].join('/')),
      ],
      [
        "yyyy-MM-dd'T'HH:mm",
        (at: number) => [`${parts(at).join('-')}T00:00`, `${parts(at).join('-')}T23:59`],
      ],
    ] as const
  ).map(([format, written]): TestedLayout => ({
    name: `one date as ${format}`,
    layout: layout(
      'account string, region string, timestamp string',
      projected({ ...injected, ...date(format) }),
    ),
    columns: 'account varchar, region varchar, "timestamp" varchar',
    rows: (at) => written(at.day).map((value) => [at.account, at.region, value].map(text)),
  })),
  {
    name: 'one date of the type date',
    layout: layout('account string, region string, day date'),
    columns: 'account varchar, region varchar, day date',
    rows: (at) => [[text(at.account), text(at.region), `DATE ${text(parts(at.day).join('-'))}`]],
  },
  {
    name: 'one date as a number',
    layout: layout('account string, region string, dt int', {}, { date: 'dt', format: 'yyyyMMdd' }),
    columns: 'account varchar, region varchar, dt integer',
    rows: (at) => [[text(at.account), text(at.region), parts(at.day).join('')]],
  },
  {
    name: 'injected year, month, day',
    layout: layout(
      'account string, region string, year string, month string, day string',
      projected({
        ...injected,
        'year.type': 'injected',
        'month.type': 'injected',
        'day.type': 'injected',
      }),
    ),
    columns: 'account varchar, region varchar, year varchar, month varchar, day varchar',
    rows: (at) => [[at.account, at.region, ...parts(at.day)].map(text)],
  },
  {
    name: 'one injected date',
    layout: layout(
      'account string, region string, timestamp string',
      projected({ ...injected, 'timestamp.type': 'injected' }),
      { date: 'timestamp', format: 'yyyy/MM/dd' },
    ),
    columns: 'account varchar, region varchar, "timestamp" varchar',
    rows: (at) => [[at.account, at.region, parts(at.day).join('/')].map(text)],
  },
];
