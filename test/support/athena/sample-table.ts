/** The sample logs as tables in Trino and in Athena's catalog, in every layout that AWS documents. */
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord, type EventRecord } from '../../../src/cloudtrail/record.js';
import type { Partitioning } from '../../../src/table/ddl.js';
import { sampleFiles } from '../sample/make.mjs';
import type { Trino } from '../trino.js';
import { documentedTable, type CatalogTable } from './tables.js';

const ACCOUNT = `regexp_extract(source, 'AWSLogs/([0-9]+)/', 1)`;
const REGION = `regexp_extract(source, 'CloudTrail/([^/]+)/', 1)`;
const DATE = `regexp_extract(source, 'CloudTrail/[^/]+/([0-9]{4}/[0-9]{2}/[0-9]{2})/', 1)`;
const PART = (n: number): string => `split_part(${DATE}, '/', ${n})`;

/** The partition keys of each layout, from the path of a file. */
const KEYS: Readonly<Record<Partitioning, Readonly<Record<string, string>>>> = {
  none: {},
  manual: { region: REGION, year: PART(1), month: PART(2), day: PART(3) },
  projection: { region: REGION, '"timestamp"': DATE },
  organization: { account: ACCOUNT, region: REGION, '"timestamp"': DATE },
};

export const LAYOUTS = Object.keys(KEYS) as readonly Partitioning[];

/** The sample's records, each with the path of its file. */
export function sampleRecords(): readonly EventRecord[] {
  return sampleFiles().flatMap(({ path, text }) => {
    if (!path.endsWith('.json.gz')) return [];
    const { Records: events } = parseKeepingNumbers(text) as {
      readonly Records?: readonly JsonObject[];
    };
    return (events ?? []).map((event) => toRecord(event, path));
  });
}

/**
 * Makes the tables `none`, `manual`, `projection` and `organization` of these records, whose sources are paths as S3 has
 * them, and gives what the catalog knows of them. Partitions that must be registered are.
 */
export async function createLayouts(
  trino: Trino,
  database: string,
  records: readonly EventRecord[],
): Promise<CatalogTable[]> {
  await trino.createEvents('all_events', records);
  const accounts = await distinct(trino, ACCOUNT);
  const regions = await distinct(trino, REGION);
  for (const [name, keys] of Object.entries(KEYS)) {
    const columns = Object.entries(keys).map(([key, sql]) => `${sql} AS ${key}`);
    const select = ['*', ...columns].join(', ');
    await trino.rows(`CREATE TABLE ${name} AS SELECT ${select} FROM all_events`);
  }
  await trino.rows(
    'CREATE TABLE "manual$partitions" AS SELECT DISTINCT region, year, month, day FROM manual',
  );
  return LAYOUTS.map((name) => ({
    database,
    metadata: listing(documentedTable(name, name), accounts, regions),
  }));
}

function listing(
  table: CatalogTable['metadata'],
  accounts: readonly string[],
  regions: readonly string[],
): CatalogTable['metadata'] {
  const values = { 'projection.account.values': accounts, 'projection.region.values': regions };
  const own = Object.entries(values).filter(([key]) => table.Parameters?.[key] !== undefined);
  const lists = own.map(([key, list]) => [key, list.join(',')]);
  return { ...table, Parameters: { ...table.Parameters, ...Object.fromEntries(lists) } };
}

async function distinct(trino: Trino, sql: string): Promise<readonly string[]> {
  const rows = await trino.rows(`SELECT DISTINCT ${sql} AS value FROM all_events ORDER BY 1`);
  return rows.flatMap(({ value }) => value ?? []);
}
