/** SQL that gives a row of a Parquet file as the JSON of an event. */
import { DuckDBListType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import { asciiLower, COLUMNS } from '../../cloudtrail/columns.js';
import { literal, quoted } from '../../sql/literal.js';

export type FileColumn = readonly [name: string, sql: string, type: DuckDBType];

/** The JSON text of an event that has these columns; those that are NULL are left out, as CloudTrail does. */
export function eventJson(columns: readonly FileColumn[]): string {
  return `CAST(json_merge_patch('{}', to_json(${struct(columns.map(member))})) AS VARCHAR)`;
}

function member([name, sql, type]: FileColumn): readonly [name: string, sql: string] {
  const kind = COLUMNS.find(({ column }) => column === asciiLower(name))?.type.kind;
  const isText = type.typeId === DuckDBTypeId.VARCHAR;
  // Exact text: the reader of events keeps the digits that a number has.
  if (isText && kind === 'json') return [name, `CAST(${sql} AS VARCHAR)`];
  if (isText && kind !== undefined && kind !== 'text')
    return [
      name,
      `CASE WHEN json_valid(${sql}) THEN CAST(${sql} AS JSON) ELSE to_json(${sql}) END`,
    ];
  return [name, value(sql, type, 0)];
}

/** A value with its times as CloudTrail writes them, however deep they are. */
function value(sql: string, type: DuckDBType, depth: number): string {
  if (!hasTime(type)) return sql;
  if (type instanceof DuckDBListType) {
    const item = `item${depth}`;
    return `list_transform(${sql}, lambda ${item}: ${value(item, type.valueType, depth + 1)})`;
  }
  if (type instanceof DuckDBStructType) {
    const members = type.entryNames.map((name, index): readonly [string, string] => [
      name,
      value(`struct_extract(${sql}, ${literal(name)})`, entryType(type, index), depth),
    ]);
    return `CASE WHEN ${sql} IS NOT NULL THEN ${struct(members)} END`;
  }
  const time = `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return `replace(${time}, '.000Z', 'Z')`;
}

function hasTime(type: DuckDBType): boolean {
  if (type instanceof DuckDBListType) return hasTime(type.valueType);
  if (type instanceof DuckDBStructType) return type.entryTypes.some(hasTime);
  return TIMES.has(type.typeId);
}

const TIMES: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

function entryType({ entryTypes }: DuckDBStructType, index: number): DuckDBType {
  const type = entryTypes[index];
  if (type === undefined) throw new RangeError(`no member ${index}`);
  return type;
}

function struct(members: readonly (readonly [name: string, sql: string])[]): string {
  return `struct_pack(${members.map(([name, sql]) => `${quoted(name)} := ${sql}`).join(', ')})`;
}
