/** SQL that gives a row of a Parquet file as the JSON of an event. */
import { DuckDBListType, DuckDBStructType, DuckDBTypeId, type DuckDBType } from '@duckdb/node-api';
import { asciiLower, COLUMNS } from '../../cloudtrail/columns.js';
import { literal, quoted } from '../../sql/literal.js';

export type FileColumn = readonly [name: string, sql: string, type: DuckDBType];

/** What tells whether a row is an event, and where and when it was. */
const TELLING = new Set([
  'eventversion',
  'eventtime',
  'eventsource',
  'eventname',
  'awsregion',
  'eventid',
  'recipientaccountid',
  'eventtype',
  'eventcategory',
  'insightdetails',
]);

/**
 * The JSON text of an event that has these columns; those that are NULL are left out, as CloudTrail does. Of an event that
 * cannot have one of the names (in lower case for any case) only what is counted.
 */
export function eventJson(
  columns: readonly FileColumn[],
  eventNames: ReadonlySet<string> | undefined,
): string {
  const whole = json(columns);
  const name = columns.find(([column]) => asciiLower(column) === 'eventname');
  const isAsked = name && eventNames && mayMatch(name, eventNames);
  if (isAsked === undefined) return whole;
  const counted = columns.filter(([column]) => TELLING.has(asciiLower(column)));
  return `CASE WHEN ${isAsked} THEN ${whole} ELSE ${json(counted)} END`;
}

/** The same test as the reader of logs makes, which leaves what is no ASCII to the engine. */
function mayMatch(
  [, name, { typeId, alias }]: FileColumn,
  eventNames: ReadonlySet<string>,
): string | undefined {
  // An alias is JSON, in which a name has quotes.
  if (typeId !== DuckDBTypeId.VARCHAR || alias !== undefined || eventNames.size === 0)
    return undefined;
  const names = [...eventNames].map(literal).join(', ');
  return `${name} IN (${names}) OR lower(${name}) IN (${names}) OR strlen(${name}) > length(${name})`;
}

function json(columns: readonly FileColumn[]): string {
  return `CAST(json_merge_patch('{}', to_json(${struct(columns.map(member))})) AS VARCHAR)`;
}

/** A member in CloudTrail's own spelling, which the reader of logs knows without parsing. */
function member([column, sql, type]: FileColumn): readonly [name: string, sql: string] {
  const known = COLUMNS.find((one) => one.column === asciiLower(column));
  const name = known?.name ?? column;
  const kind = known?.type.kind;
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
