/** Partition keys and their values as SQL, in what Athena, Trino and DuckDB share. */
import { literal } from '../../../sql/literal.js';
import type { PartitionKey } from '../layout.js';

/** The key's column as an identifier. */
export function keySql({ column }: PartitionKey): string {
  return `"${column.replaceAll('"', '""')}"`;
}

/** A value as the key's type writes it; undefined where the key can have no such value. */
export function valueSql({ type }: PartitionKey, value: string): string | undefined {
  if (type === 'text') return literal(value);
  if (type === 'date')
    return /^\d{4}-\d\d-\d\d$/.test(value) ? `DATE ${literal(value)}` : undefined;
  return /^\d+$/.test(value) ? String(BigInt(value)) : undefined;
}

/** The key is one of these values; of none, FALSE. */
export function oneOfSql(key: PartitionKey, values: readonly string[]): string {
  const known = new Set(values.flatMap((value) => valueSql(key, value) ?? []));
  const all = [...known].join(', ');
  if (known.size === 0) return 'FALSE';
  return known.size === 1 ? `${keySql(key)} = ${all}` : `${keySql(key)} IN (${all})`;
}
