/** Partition keys whose names say nothing: their registered values do, or hunt.yml does. On a real Trino. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import { createLayouts } from '../../../support/athena/sample-table.js';
import { openedGroup } from '../../../support/hunt-events.js';
import { describeWithTrino } from '../../../support/trino.js';
import { comparable, huntTable, type HuntTableOptions } from '../hunt-table.js';

const ACCOUNTS = ['112233445566', '012345678901'];
const REGIONS = ['eu-west-1', 'us-east-1'];
const DAYS = ['2026/01/19', '2026/01/20', '2026/01/21', '2026/02/03'];

const RECORDS = ACCOUNTS.flatMap((account) =>
  REGIONS.flatMap((region) =>
    DAYS.map((day) =>
      toRecord(
        openedGroup({
          eventID: `${account} ${region} ${day}`,
          eventTime: `${day.replaceAll('/', '-')}T10:00:00Z`,
          recipientAccountId: account,
          awsRegion: region,
        }) as JsonObject,
        `AWSLogs/${account}/CloudTrail/${region}/${day}/a.json`,
      ),
    ),
  ),
);

/** The records of the window, of the day before it and of the day in which it ends. */
const READ = 12;

const ASKED: HuntTableOptions = {
  now: Date.parse('2026-02-10T12:00:00Z'),
  window: { since: Date.parse('2026-01-20'), until: Date.parse('2026-01-21') },
  late: 0,
  set: { PROD_ACCOUNT_IDS: ACCOUNTS },
};

await describeWithTrino('a table with partition keys', (trino) => {
  const keys = (...names: readonly string[]) => names.map((name) => ({ name, type: 'varchar' }));
  /** A table with these keys, which are expressions over account, region and timestamp. */
  const create = async (name: string, columns: Readonly<Record<string, string>>) => {
    const list = Object.entries(columns).map(([column, sql]) => `${sql} AS "${column}"`);
    await trino.rows(`CREATE TABLE ${name} AS SELECT *, ${list.join(', ')} FROM organization`);
    const names = Object.keys(columns).map((column) => `"${column}"`);
    await trino.rows(
      `CREATE TABLE "${name}$partitions" AS SELECT DISTINCT ${names.join(', ')} FROM ${name}`,
    );
    return { description: { partitionKeys: keys(...Object.keys(columns)) } };
  };
  beforeAll(() => createLayouts(trino, 'logs', RECORDS));

  test('that a crawler named reads the days of the window, and nothing else', async () => {
    const crawled = await create('crawled', {
      partition_0: "'AWSLogs'",
      partition_1: 'account',
      partition_2: 'region',
      partition_3: `split_part("timestamp", '/', 1)`,
      partition_4: `split_part("timestamp", '/', 2)`,
      partition_5: `split_part("timestamp", '/', 3)`,
    });
    const report = await huntTable(trino, 'crawled', { ...ASKED, ...crawled });
    const usual = await huntTable(trino, 'organization', {
      ...ASKED,
      partitions: { date: 'timestamp', format: 'yyyy/MM/dd' },
    });
    expect(comparable(report)).toEqual(comparable(usual));
    expect(report.coverage).toEqual(usual.coverage);
    expect(report.warnings.map(({ code }) => code)).toEqual([]);
    expect(report.sections[0]?.funnel[0]?.events).toBe(READ);

    const narrow = await huntTable(trino, 'crawled', {
      ...ASKED,
      ...crawled,
      trustPaths: true,
      filters: filterConditions({ region: ['us-east-1'] }),
    });
    expect(narrow.sections[0]?.funnel[0]?.events).toBe(READ / 2);
  });

  test('with a date in a format that nobody wrote down reads the days of the window', async () => {
    const hourly = await create('hourly', {
      dt: `replace("timestamp", '/', '-') || '-05'`,
    });
    const report = await huntTable(trino, 'hourly', { ...ASKED, ...hourly });
    expect(report.sections[0]?.funnel[0]?.events).toBe(READ);
    // Also where hunt.yml names the key only.
    const named = await huntTable(trino, 'hourly', {
      ...ASKED,
      ...hourly,
      partitions: { date: 'dt' },
    });
    expect(comparable(named)).toEqual(comparable(report));
  });

  test('whose values cannot be listed is read as a whole, and the report says so', async () => {
    await trino.rows('CREATE TABLE unlisted AS SELECT *, "timestamp" AS dt FROM organization');
    const report = await huntTable(trino, 'unlisted', {
      ...ASKED,
      description: { partitionKeys: keys('dt') },
    });
    expect(report.sections[0]?.funnel[0]?.events).toBe(RECORDS.length);
    expect(report.warnings.map(({ code }) => code)).toContain('PARTITIONS_NOT_UNDERSTOOD');
  });

  test('that is injected and of no known role has the values of hunt.yml', async () => {
    await create('injected', { orgid: "IF(region = 'us-east-1', 'o-abc123', 'o-other1')" });
    const properties = new Map(
      Object.entries({ 'projection.enabled': 'true', 'projection.orgid.type': 'injected' }),
    );
    const asked = { ...ASKED, description: { partitionKeys: keys('orgid'), properties } };
    await expect(huntTable(trino, 'injected', asked)).rejects.toThrow(
      'set them in hunt.yml: partitions: { orgid: { injected: [VALUE, …] } }',
    );
    const report = await huntTable(trino, 'injected', {
      ...asked,
      named: { orgid: ['o-abc123'] },
    });
    expect(report.sections[0]?.funnel[0]?.events).toBe(RECORDS.length / 2);
  });
});
