/** The statement that lists the registered values of partition keys, and the reader of its row. */
import { parseJson } from '../../../cloudtrail/json.js';
import { quoted } from '../../../sql/literal.js';
import type { RegisteredValues } from '../values/complete-hints.js';

/** One row, in Trino's SQL: for each key a JSON list of its values. `partitionsTable` is as it stands in FROM. */
export function valuesSql(columns: readonly string[], partitionsTable: string): string {
  const lists = columns.map(
    (column, index) =>
      `  json_format(CAST(array_agg(DISTINCT CAST(${quoted(column)} AS varchar)) AS JSON)) AS "values${index}"`,
  );
  return ['SELECT', lists.join(',\n'), `FROM ${partitionsTable}`].join('\n');
}

/** The values of these keys in the row; none where nothing is registered. */
export function readValues(
  columns: readonly string[],
  row: Readonly<Record<string, string | null | undefined>>,
): RegisteredValues {
  return new Map(
    columns.map((column, index) => {
      const list = parseJson(row[`values${index}`] ?? '[]');
      const values = Array.isArray(list) ? list : [];
      return [column, values.map((value) => (value === null ? null : String(value)))];
    }),
  );
}
