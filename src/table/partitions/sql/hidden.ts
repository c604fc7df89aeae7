/** Iceberg's hidden partitions: whether a table is partitioned by the time of its events, which its columns do not show. */
import { isObject, parseJson } from '../../../cloudtrail/json.js';
import { quoted } from '../../../sql/literal.js';
import type { TimeColumn } from '../../columns/event-time.js';

/** The statement that gives one partition as JSON, by the names of its fields: `partition`. `partitionsTable` as it stands in FROM. */
export function hiddenSql(partitionsTable: string): string {
  return `SELECT json_format(CAST("partition" AS JSON)) AS "partition" FROM ${partitionsTable} LIMIT 1`;
}

/**
 * Whether a row of `hiddenSql` has a field that Iceberg makes of the column: `eventtime_day`. Only then does the engine read less
 * for fewer days, whatever is in the files. Parts of a table by month would each read the month.
 */
export function isByTime(
  row: Readonly<Record<string, string | null | undefined>>,
  column: TimeColumn,
): boolean {
  const partition = parseJson(row['partition'] ?? 'null');
  if (!isObject(partition)) return false;
  return Object.keys(partition).some((field) => {
    const [, source] = /^(.*)_(?:hour|day)$/.exec(field) ?? [];
    return source !== undefined && quoted(source) === column.sql;
  });
}
