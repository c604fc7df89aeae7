/** Partition keys and their values in SQL that Athena, Trino and DuckDB share. */
import { literal, quoted } from '../../../sql/literal.js';
import { canonicalValue } from '../key-value.js';
import type { Layout, PartitionKey } from '../layout.js';

/** The key's column as an identifier. */
export function keySql({ column }: PartitionKey): string {
  return quoted(column);
}

/** A value as a literal of the key's type; undefined if the type has no such value. */
export function valueSql(key: PartitionKey, value: string): string | undefined {
  const canonical = canonicalValue(key, value);
  if (canonical === undefined || key.type === 'number') return canonical;
  return key.type === 'date' ? `DATE ${literal(canonical)}` : literal(canonical);
}

/** Whether the key has one of these values; FALSE if its type has none of them. */
export function oneOfSql(key: PartitionKey, values: readonly string[]): string {
  const known = new Set(values.flatMap((value) => valueSql(key, value) ?? []));
  const all = [...known].join(', ');
  if (known.size === 0) return 'FALSE';
  return known.size === 1 ? `${keySql(key)} = ${all}` : `${keySql(key)} IN (${all})`;
}

/** The terms for the keys whose values hunt.yml names. */
export function namedSql({ others }: Pick<Layout, 'others'>): readonly string[] {
  return others.flatMap((key) =>
    key.values.kind === 'named' ? [oneOfSql(key, key.values.values)] : [],
  );
}
