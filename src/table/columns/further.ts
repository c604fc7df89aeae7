/** Finds the fields that AWS documents outside its table (`further-fields.ts`) in a table that has columns for them. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { FURTHER_FIELDS, type FurtherField } from '../../cloudtrail/field/further-fields.js';
import { trino } from '../../sql/dialect/trino.js';
import { literal } from '../../sql/literal.js';
import { memberIn, membersOf, type JsonSql } from './json/json-value.js';
import type { Layers } from './json/layers.js';
import type { SqlType } from './sql-type.js';
import { jsonOf, textOf, type Find, type TypedSql } from './value.js';

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
export function furtherValues({ find, event }: Searched, layers: Layers): readonly FurtherValue[] {
  return FURTHER_FIELDS.flatMap((field) => {
    const own = furtherValue(field, find, layers);
    if (own !== undefined || event === undefined) return own ?? [];
    const [first = '', ...keys] = field.name.split('.');
    const sql = insideJson(field, { json: memberIn(event, first), keys }, layers);
    return [{ name: field.name, sql, type: undefined }];
  });
}

interface Searched {
  readonly find: Find;
  /** The members of the whole event, if the table has it. */
  readonly event: { readonly sql: string; readonly layer: number } | undefined;
}

function furtherValue(field: FurtherField, find: Find, layers: Layers): FurtherValue | undefined {
  const { name } = field;
  const keys = name.split('.');
  let parent: TypedSql | undefined;
  for (let length = 1; length <= keys.length; length++) {
    const path = keys.slice(0, length).map(asciiLower);
    const source = find(path, parent);
    const isJson = source?.type.kind === 'text' || source?.type.kind === 'json';
    if (source !== undefined && length === keys.length)
      return { name, sql: valueOf(field, source), type: isJson ? undefined : source.type };
    const json = source && isJson ? jsonOf(source) : undefined;
    if (json !== undefined) {
      const sql = insideJson(field, { json, keys: keys.slice(length) }, layers);
      return { name, sql, type: undefined };
    }
    parent = source;
  }
  return undefined;
}

function valueOf({ name, kind }: FurtherField, source: TypedSql): string {
  if (kind === 'text') return `CAST(${textOf(source, name)} AS JSON)`;
  return jsonOf(source)?.sql ?? `CAST(${source.sql} AS JSON)`;
}

/** The value of the field in the JSON of a column, such as a whole `userIdentity`. */
function insideJson(
  { kind }: FurtherField,
  { json, keys }: { readonly json: JsonSql; readonly keys: readonly string[] },
  layers: Layers,
): string {
  const { sql } = keys.reduce(
    (value, name) => memberIn(layers.bind(membersOf(value, [{ name }]), value.layer), name),
    json,
  );
  return kind === 'text' ? `CAST(${trino.jsonText(sql)} AS JSON)` : sql;
}

/** The values as the text of one JSON object by documented path. */
export function furtherSql(values: readonly FurtherValue[]): string {
  const names = values.map(({ name }) => literal(name)).join(', ');
  const all = `MAP(ARRAY[${names}], ARRAY[${values.map(({ sql }) => sql).join(', ')}])`;
  return `json_format(CAST(map_filter(${all}, (name, value) -> value IS NOT NULL) AS JSON))`;
}
