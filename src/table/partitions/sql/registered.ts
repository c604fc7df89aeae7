/** The statement that lists the registered partitions of a table, and the reader of its rows. */
import { dayName } from '../../../cloudtrail/time/day-span.js';
import { parseJson } from '../../../cloudtrail/json.js';
import { literal } from '../../../sql/literal.js';
import type { Layout, PartitionKey } from '../layout.js';
import type { Slice } from '../slice.js';
import { paddedSql, readDaySql, textSql } from './day-sql.js';
import { namedSql, oneOfSql } from './key-sql.js';

/** The partitions that are registered for one account and region; null if the table has no such key. */
export interface RegisteredPair {
  readonly account: string | null;
  readonly region: string | null;
  /** The earliest registered day, `YYYY-MM-DD`; empty where no partition has a day. */
  readonly first: string;
  /** The registered days within the span of the statement, each `YYYY-MM-DD`. */
  readonly days: readonly string[];
  /** Whether there are partitions without a day, as Hive's default partition. */
  readonly undated: boolean;
}

const NULL_TEXT = 'CAST(NULL AS varchar)';

/**
 * The statement in Trino's SQL, over the accounts, regions and days of `slice`. `partitionsTable` is the table of
 * partitions as it stands in FROM. Each row is an account and a region: `account`, `region`, `first`, `days` as a JSON
 * list, and `undated`, the number of partitions without a day. Throws an Error for a layout without days, whose partitions cannot be listed by day.
 */
export function registeredSql(layout: Layout, partitionsTable: string, slice: Slice): string {
  if (layout.days === undefined) throw new Error('the layout has no day to list partitions by');
  const where = [
    ...(layout.account && slice.accounts ? [oneOfSql(layout.account, slice.accounts)] : []),
    ...(layout.region && slice.regions ? [oneOfSql(layout.region, slice.regions)] : []),
    ...namedSql(layout),
  ];
  return [
    'SELECT "account", "region", min("day") AS "first",',
    `  COALESCE(json_format(CAST(array_sort(array_agg(DISTINCT "day")${filterSql(slice)}) AS JSON)), '[]') AS "days",`,
    '  count(*) - count("day") AS "undated"',
    'FROM (',
    `  SELECT ${accountSql(layout.account)} AS "account",`,
    `    ${layout.region ? textSql(layout.region) : NULL_TEXT} AS "region",`,
    `    CAST(${readDaySql(layout.days)} AS varchar) AS "day"`,
    `  FROM ${partitionsTable}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`,
    ')',
    'GROUP BY "account", "region"',
    'ORDER BY "account", "region"',
  ].join('\n');
}

/** A row of `registeredSql`. */
export function readRegisteredPair(
  row: Readonly<Record<string, string | null | undefined>>,
): RegisteredPair {
  return {
    account: row['account'] ?? null,
    region: row['region'] ?? null,
    first: row['first'] ?? '',
    days: dayList(parseJson(row['days'] ?? '[]')),
    undated: Number(row['undated'] ?? '0') > 0,
  };
}

function dayList(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function filterSql({ days }: Slice): string {
  const within = [
    '"day" IS NOT NULL',
    ...(days && Number.isFinite(days.first) ? [`"day" >= ${literal(dayName(days.first))}`] : []),
    ...(days && Number.isFinite(days.last) ? [`"day" <= ${literal(dayName(days.last))}`] : []),
  ];
  return ` FILTER (WHERE ${within.join(' AND ')})`;
}

/** An account ID as text. A number has lost its leading zeros. */
function accountSql(key: PartitionKey | undefined): string {
  if (key === undefined) return NULL_TEXT;
  return key.type === 'number' ? paddedSql(key, 12) : textSql(key);
}
