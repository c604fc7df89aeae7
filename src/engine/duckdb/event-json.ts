/** SQL that gives a row of a Parquet file as the JSON of an event. */
import { asciiLower, COLUMNS } from '../../cloudtrail/field/columns.js';
import { plainName } from '../../cloudtrail/spelling/names.js';
import { literal, quoted } from '../../sql/literal.js';
import type { DuckdbType } from './duckdb-type.js';

/** A column of the file, or a constant that the names of its folders give. */
export interface FileColumn {
  readonly name: string;
  /** The column's value as an expression. */
  readonly sql: string;
  readonly type: DuckdbType;
}

/** The fields by which a record is recognised as an event and counted. */
const COUNTED = new Set([
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
  // The time under other names (see `renamed`).
  'timegenerated',
  '@timestamp',
]);

/**
 * The JSON text of an event that has these columns, without those that are NULL, as CloudTrail writes it. Where
 * `eventNames` (with their lower-case forms) cannot hold the event's name, only the counted fields.
 */
export function eventJson(
  columns: readonly FileColumn[],
  eventNames: ReadonlySet<string> | undefined,
): string {
  const whole = json(columns);
  const names = columns.filter((column) => plainName(column.name) === 'eventname');
  const name = names.length === 1 ? names[0] : undefined;
  const isWanted = name && eventNames && mayMatch(name, eventNames);
  if (isWanted === undefined) return whole;
  const counted = columns.filter((column) => COUNTED.has(plainName(column.name)));
  return `CASE WHEN ${isWanted} THEN ${whole} ELSE ${json(counted)} END`;
}

/** The same test as in the reader of logs. A name that is not ASCII may match: only the engine can tell. */
function mayMatch({ sql, type }: FileColumn, eventNames: ReadonlySet<string>): string | undefined {
  // A name in JSON has quotes, so the comparison would fail.
  if (type.kind !== 'text' || eventNames.size === 0) return undefined;
  const names = [...eventNames].map(literal).join(', ');
  return `${sql} IN (${names}) OR lower(${sql}) IN (${names}) OR strlen(${sql}) > length(${sql})`;
}

function json(columns: readonly FileColumn[]): string {
  return `CAST(json_merge_patch('{}', to_json(${struct(columns.map((column) => member(column, columns)))})) AS VARCHAR)`;
}

/** A member in CloudTrail's own spelling, which the reader of logs reads without parsing the JSON. */
function member({ name: given, sql, type }: FileColumn, all: readonly FileColumn[]): StructMember {
  const known = COLUMNS.find(({ column }) => column === plainName(given));
  // A file may have the columns eventname and event_name. Then the reader of logs chooses.
  const isOther = asciiLower(given) !== known?.column;
  const isTaken = isOther && all.some((other) => asciiLower(other.name) === known?.column);
  const name = known === undefined || isTaken ? given : known.name;
  const kind = known?.type.kind;
  const isText = type.kind === 'text' || type.kind === 'json';
  // The text stays as it is: parsed JSON would lose digits of numbers.
  if (isText && kind === 'json') return { name, sql: `CAST(${sql} AS VARCHAR)` };
  if (isText && kind !== undefined && kind !== 'text')
    return {
      name,
      sql: `CASE WHEN json_valid(${sql}) THEN CAST(${sql} AS JSON) ELSE to_json(${sql}) END`,
    };
  return { name, sql: value(sql, type, 0) };
}

/** A value in which all times, at any depth, are written as CloudTrail writes them. */
function value(sql: string, type: DuckdbType, depth: number): string {
  if (!hasTime(type)) return sql;
  if (type.kind === 'list') {
    const item = `item${depth}`;
    return `list_transform(${sql}, lambda ${item}: ${value(item, type.of, depth + 1)})`;
  }
  if (type.kind === 'struct') {
    const members = type.members.map(({ name, type: own }) => ({
      name,
      sql: value(`struct_extract(${sql}, ${literal(name)})`, own, depth),
    }));
    return `CASE WHEN ${sql} IS NOT NULL THEN ${struct(members)} END`;
  }
  const time = `strftime(CAST(${sql} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  return `replace(${time}, '.000Z', 'Z')`;
}

function hasTime(type: DuckdbType): boolean {
  switch (type.kind) {
    case 'instant':
      return true;
    case 'list':
      return hasTime(type.of);
    case 'struct':
      return type.members.some((each) => hasTime(each.type));
    case 'text':
    case 'json':
    case 'map':
    case 'other':
      return false;
    default:
      return type satisfies never;
  }
}

interface StructMember {
  readonly name: string;
  readonly sql: string;
}

function struct(members: readonly StructMember[]): string {
  return `struct_pack(${members.map(({ name, sql }) => `${quoted(name)} := ${sql}`).join(', ')})`;
}
