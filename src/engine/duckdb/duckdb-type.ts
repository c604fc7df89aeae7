/** The types of DuckDB's columns as plain data, as far as reading events from a file needs them. */
import duckdb, { type LogicalType, type Type } from '@duckdb/node-bindings';

export type DuckdbType =
  | { readonly kind: 'text' }
  | { readonly kind: 'json' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'list'; readonly of: DuckdbType }
  | { readonly kind: 'struct'; readonly members: readonly DuckdbMember[] }
  | { readonly kind: 'map' }
  | { readonly kind: 'other' };

export interface DuckdbMember {
  readonly name: string;
  readonly type: DuckdbType;
}

const INSTANTS: ReadonlySet<Type> = new Set([
  duckdb.Type.TIMESTAMP,
  duckdb.Type.TIMESTAMP_S,
  duckdb.Type.TIMESTAMP_MS,
  duckdb.Type.TIMESTAMP_NS,
  duckdb.Type.TIMESTAMP_TZ,
]);

/** Reads a type of DuckDB. JSON is text with an alias. */
export function readDuckdbType(type: LogicalType): DuckdbType {
  const id = duckdb.get_type_id(type);
  if (INSTANTS.has(id)) return { kind: 'instant' };
  switch (id) {
    case duckdb.Type.VARCHAR:
      return { kind: duckdb.logical_type_get_alias(type) === null ? 'text' : 'json' };
    case duckdb.Type.LIST:
      return { kind: 'list', of: readDuckdbType(duckdb.list_type_child_type(type)) };
    case duckdb.Type.MAP:
      return { kind: 'map' };
    case duckdb.Type.STRUCT: {
      const members = Array.from({ length: duckdb.struct_type_child_count(type) }, (_, index) => ({
        name: duckdb.struct_type_child_name(type, index),
        type: readDuckdbType(duckdb.struct_type_child_type(type, index)),
      }));
      return { kind: 'struct', members };
    }
    default:
      return { kind: 'other' };
  }
}
