/** The script of a dry run, which is made without a query. */
import { expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { dryRunText } from '../../../../src/hunt/table/plan/dry-run.js';
import { planTable, type PlanRequest } from '../../../../src/hunt/table/plan/plan.js';
import type { HuntedTable } from '../../../../src/hunt/table/plan/hunted-table.js';
import { bind } from '../../../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../../src/rule/catalog/find.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import { COLUMNS } from '../../../../src/cloudtrail/field/columns.js';

const columns = COLUMNS.flatMap(({ column, type }) =>
  type.kind === 'text' || type.kind === 'json' ? [{ name: column, type: 'varchar' }] : [],
);
const identity = { name: 'useridentity', type: 'varchar' };
const keys = (...names: readonly string[]) => names.map((name) => ({ name, type: 'varchar' }));

const table = (changes: Partial<HuntedTable['description']>): HuntedTable => ({
  engine: 'trino',
  name: 'https://trino.example/hive/logs/trail',
  from: '"hive"."logs"."trail"',
  partitionsFrom: '"hive"."logs"."trail$partitions"',
  filesFrom: '"hive"."logs"."trail$files"',
  source: '"$path"',
  description: {
    columns: [...columns, identity],
    partitionKeys: [],
    properties: new Map(),
    ...changes,
  },
  columns: new Map(),
  roles: new Map(),
  longestStatement: 1_000_000,
});

interface Asked extends Partial<PlanRequest> {
  readonly since?: string;
  readonly until?: string;
}

const dryRun = (of: HuntedTable, { since, until, ...request }: Asked = {}): readonly string[] => {
  const window = {
    since: since === undefined ? undefined : Date.parse(since),
    until: until === undefined ? undefined : Date.parse(until),
  };
  const plan = planTable(of, {
    rules: [bind(findRule(DEFAULT_RULE), new Map())],
    window,
    late: DAY,
    exclusions: true,
    filters: [],
    now: Date.parse('2026-02-10T12:00:00Z'),
    ...request,
  });
  return dryRunText(of, plan).split('\n');
};

test('shows the partitions, the queries, and what is not known', () => {
  const lines = dryRun(table({ partitionKeys: keys('region', 'year', 'month', 'day') }), {
    since: '2026-01-14',
    until: '2026-02-08',
  });
  expect(lines.slice(0, 8)).toEqual([
    '-- trino https://trino.example/hive/logs/trail: no query was run',
    '-- partitions: 2026-01-13..2026-02-09',
    expect.stringMatching(
      /^-- where: \(\("year" = '2026' AND "month" IN \('01', '1'\) AND "day" IN \('13', .*'31'\)\) OR /,
    ),
    '-- queries: 3',
    '-- not in the table: resources, addendum, tlsDetails',
    '-- not known without a query: which of these partitions are registered',
    '-- regions: all in the table',
    '-- not known before the hunt: how many bytes it reads; --max-scan sets a limit',
  ]);
  expect(lines.filter((line) => line.startsWith('-- query '))).toEqual([
    '-- query 1 of 3: 2026-01-13..2026-01-21',
    '-- query 2 of 3: 2026-01-22..2026-01-30',
    '-- query 3 of 3: 2026-01-31..2026-02-09',
  ]);
  expect(lines.filter((line) => line.endsWith(';'))).toHaveLength(3);
});

test('shows what the projection does not cover', () => {
  const properties = new Map(
    Object.entries({
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy/MM/dd',
      'projection.dt.range': '2026/01/15,NOW',
      'projection.account.type': 'enum',
      'projection.account.values': '999988887777',
    }),
  );
  const lines = dryRun(table({ partitionKeys: keys('account', 'dt'), properties }), {
    since: '2026-01-14',
    until: '2026-01-20',
  });
  expect(lines).toContain(
    '-- not covered: 2026-01-14: before projection.dt.range = 2026/01/15,NOW: the table gives no rows for this day',
  );
  expect(lines).toContain(
    '-- not covered: account=112233445566: not among the projected values of "account": the table gives no rows for this account',
  );
  expect(lines.join('\n')).not.toContain('are registered');
});

test('names columns that may be the keys of a table behind a view, where the hunt has a window', () => {
  const view = table({ columns: [...columns, identity, ...keys('year', 'month', 'day')] });
  const note = expect.stringMatching(/set partitions: \{ year: year, month: month, day: day \}/);
  expect(dryRun(view, { since: '2026-01-14' })).toContainEqual(note);
  expect(dryRun(view)).not.toContainEqual(note);
  expect(dryRun(view)).toContain('-- where: all partitions: no partition key gives the day');
});

test('shows the accounts and regions to which --trust-paths limits the hunt', () => {
  const asked = {
    since: '2026-02-01',
    trustPaths: true,
    filters: filterConditions({ region: ['eu-west-1'] }),
  };
  const accounts = '11111111111111,112233445566';
  const both = dryRun(table({ partitionKeys: keys('acct', 'region', 'dt') }), {
    ...asked,
    rules: [bind(findRule(DEFAULT_RULE), new Map())],
  });
  expect(both).toContain('-- partitions: region=eu-west-1');
  const roles = new Map([['account', 'acct'] as const]);
  const lines = dryRun(
    { ...table({ partitionKeys: keys('acct', 'region', 'year', 'month', 'day') }), roles },
    asked,
  );
  expect(lines[1]).toBe(
    `-- partitions: 2026-01-31..2026-02-11 account=${accounts} region=eu-west-1`,
  );
  expect(lines[2]).toContain(
    `-- where: "acct" IN ('${accounts.replace(',', "', '")}') AND "region" = 'eu-west-1' AND (`,
  );
  expect(lines.join('\n')).not.toContain('all in the table');
});

test('refuses --trust-paths where no key has the account or the region', () => {
  const days = table({ partitionKeys: keys('year', 'month', 'day') });
  expect(() => dryRun(days, { trustPaths: true })).toThrow(
    /^--trust-paths needs a partition key for the account or the region, and https:.* has none; if one of its keys is it, set partitions: \{account: …\} in hunt.yml$/,
  );
});

/** A table whose account is injected, with the example accounts of the rule. */
test('reads an injected account that is asked for and not among the examples of a rule', () => {
  const properties = new Map(
    Object.entries({ 'projection.enabled': 'true', 'projection.account.type': 'injected' }),
  );
  const of = table({ partitionKeys: keys('account'), properties });
  const where = (request: Asked) => dryRun(of, request)[2];
  expect(where({ filters: filterConditions({ account: ['999988887777'] }) })).toBe(
    `-- where: "account" = '999988887777'`,
  );
  expect(where({ filters: filterConditions({ account: ['999988887777', '112233445566'] }) })).toBe(
    `-- where: "account" = '112233445566'`,
  );
  expect(where({})).toBe(`-- where: "account" IN ('11111111111111', '112233445566')`);
});

test('lists the values of keys first that may say what the keys are', () => {
  const lines = dryRun(table({ partitionKeys: keys('partition_0', 'dt') }), {
    since: '2026-02-01',
  });
  expect(lines).toContain(
    '-- not known without a query: what "partition_0", "dt" give; the hunt lists their registered values first, and reads less if it recognises them',
  );
  expect(lines.join('\n')).not.toContain('is not understood');
  expect(lines).toContain('FROM "hive"."logs"."trail$partitions";');
});
