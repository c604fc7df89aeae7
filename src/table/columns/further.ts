/** Finds the fields that AWS documents outside its table (`further-fields.ts`) in a table that has columns for them. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { FURTHER_FIELDS, type FurtherField } from '../../cloudtrail/field/further-fields.js';
import { trino } from '../../sql/dialect/trino.js';
import { literal } from '../../sql/literal.js';
import type { SqlType } from './sql-type.js';
import { textOf, type Find, type TypedSql } from './value.js';

/** A further field that a table has. */
export interface FurtherValue {
  /** The documented path. */
  readonly name: string;
  /** The field's value as JSON; NULL if the record does not have it. */
  readonly sql: string;
  /** The type of its column; undefined for JSON, which may hold any key. */
  readonly type: SqlType | undefined;
}

/** The further fields that a table has. */
export function furtherValues(find: Find): readonly FurtherValue[] {
  return FURTHER_FIELDS.flatMap((field) => furtherValue(field, find) ?? []);
}

function furtherValue(field: FurtherField, find: Find): FurtherValue | undefined {
  const { name } = field;
  const keys = name.split('.');
  let parent: TypedSql | undefined;
  for (let length = 1; length <= keys.length; length++) {
    const path = keys.slice(0, length).map(asciiLower);
    const source = find(path, parent);
    const isJson = source?.type.kind === 'text' || source?.type.kind === 'json';
    if (source !== undefined && length === keys.length)
      return { name, sql: jsonOf(field, source), type: isJson ? undefined : source.type };
    if (source !== undefined && isJson)
      return { name, sql: insideJson(field, source, keys.slice(length)), type: undefined };
    parent = source;
  }
  return undefined;
}

function jsonOf({ name, kind }: FurtherField, source: TypedSql): string {
  if (kind === 'text') return `CAST(${textOf(source, name)} AS JSON)`;
  return asJson(source);
}

function asJson({ sql, type }: TypedSql): string {
  if (type.kind === 'json') return sql;
  return type.kind === 'text' ? `TRY(json_parse(${sql}))` : `CAST(${sql} AS JSON)`;
}

/** The value of the field in the JSON of a column, such as a whole `userIdentity`. */
function insideJson({ kind }: FurtherField, source: TypedSql, keys: readonly string[]): string {
  const path = literal(`$${keys.map((key) => `["${key}"]`).join('')}`);
  const value = `json_extract(${asJson(source)}, ${path})`;
  return kind === 'text' ? `CAST(${trino.jsonText(value)} AS JSON)` : value;
}

/** The values as the text of one JSON object by documented path. */
export function furtherSql(values: readonly FurtherValue[]): string {
  const names = values.map(({ name }) => literal(name)).join(', ');
  const all = `MAP(ARRAY[${names}], ARRAY[${values.map(({ sql }) => sql).join(', ')}])`;
  return `json_format(CAST(map_filter(${all}, (name, value) -> value IS NOT NULL) AS JSON))`;
}
