/** Converts a value of a table into the type that AWS documents for its column, in Trino's SQL. */
import type { Column, ColumnType } from '../../cloudtrail/field/columns.js';
import { trino } from '../../sql/dialect/trino.js';
import { cellOf } from './json/json-cell.js';
import { isThereSql, oddIn } from './json/json-odd.js';
import { heldJson, type JsonSql } from './json/json-value.js';
import type { Layers } from './json/layers.js';
import type { SqlMember, SqlType } from './sql-type.js';
import { trinoType } from './trino-type.js';

/** A value of the table: an expression and its type. */
export interface TypedSql {
  readonly sql: string;
  readonly type: SqlType;
}

/**
 * Finds a field by its path in lower case. `parent` is the value of the struct that holds it, where the table has it.
 * Undefined if the table does not have the field.
 */
export type Find = (path: readonly string[], parent: TypedSql | undefined) => TypedSql | undefined;

export interface FittedColumn {
  readonly sql: string;
  /** Fields that the table does not have, by their documented names. */
  readonly missing: readonly string[];
  /** Conditions in SQL, each TRUE where the value has a part that should be an object or a list and is none. */
  readonly odd: readonly string[];
}

export interface FitRequest {
  /** The column, and the members on the way to the value, all in lower case: `['useridentity', 'arn']`. */
  readonly path: readonly string[];
  /** The documented name of the struct that holds it, with a dot: `userIdentity.`. Empty for a column. */
  readonly prefix: string;
  /** The value of that struct, where the table has it. */
  readonly parent: TypedSql | undefined;
  readonly find: Find;
  readonly layers: Layers;
}

/** The value of a documented column, or of a member of one. */
export function fitColumn(
  column: Column,
  { path, prefix, parent, find, layers }: FitRequest,
): FittedColumn {
  const name = prefix + column.name;
  const source = find(path, parent);
  if (column.type.kind === 'struct' && (source === undefined || source.type.kind === 'struct'))
    return fitStruct(column.type.members, {
      path,
      prefix: `${name}.`,
      parent: source,
      find,
      layers,
    });
  if (source === undefined) return missing(column.type, name);
  const documented = { name, type: column.type };
  const sql = convert(source, documented, layers);
  if (sql === undefined) return missing(column.type, name);
  return { sql, missing: [], odd: oddParts(source, documented, layers) };
}

function missing(type: ColumnType, name: string): FittedColumn {
  return { sql: `CAST(NULL AS ${trinoType(type)})`, missing: [name], odd: [] };
}

/** A struct of the documented members. The table may have fewer members, more, or members as columns of their own. */
function fitStruct(
  members: readonly Column[],
  { path, prefix, parent: source, find, layers }: FitRequest,
): FittedColumn {
  if (source !== undefined && isDocumented(source.type, { kind: 'struct', members }))
    return { sql: source.sql, missing: [], odd: [] };
  const fitted = members.map((member) =>
    fitColumn(member, { path: [...path, member.column], prefix, parent: source, find, layers }),
  );
  const present = fitted.filter(
    ({ missing: lacking }, index) => !lacking.includes(`${prefix}${members[index]?.name}`),
  );
  if (source === undefined && present.length === 0)
    return missing({ kind: 'struct', members }, prefix.slice(0, -1));
  const row = `CAST(ROW(${fitted.map(({ sql }) => sql).join(', ')}) AS ${trinoType({ kind: 'struct', members })})`;
  // If the members of a struct are columns of their own, the struct exists if any of them has a value.
  const exists = (source === undefined ? present : [source]).map(({ sql }) => `${sql} IS NOT NULL`);
  return {
    sql: `CASE WHEN ${exists.join(' OR ')} THEN ${row} END`,
    missing: fitted.flatMap((member) => member.missing),
    odd: fitted.flatMap((member) => member.odd),
  };
}

/** Whether a type is the documented type, so that the value needs no conversion. */
export function isDocumented(type: SqlType, documented: ColumnType): boolean {
  switch (documented.kind) {
    case 'text':
    case 'json':
      return type.kind === 'text';
    case 'map':
      return type.kind === 'map' && type.textual;
    case 'list':
      return type.kind === 'list' && isDocumented(type.of, documented.of);
    case 'struct':
      return (
        type.kind === 'struct' &&
        type.members.length === documented.members.length &&
        documented.members.every((member, index) => {
          const own: SqlMember | undefined = type.members[index];
          return (
            own !== undefined &&
            own.name.toLowerCase() === member.column &&
            isDocumented(own.type, member.type)
          );
        })
      );
    default:
      return documented satisfies never;
  }
}

/** The converted value; undefined if the type cannot be converted. */
function convert(
  source: TypedSql,
  { name, type }: Pick<Column, 'name' | 'type'>,
  layers: Layers,
): string | undefined {
  if (isDocumented(source.type, type)) return source.sql;
  const json = jsonOf(source);
  switch (type.kind) {
    case 'text':
    case 'json':
      return textOf(source, name);
    case 'struct':
    case 'list':
    case 'map':
      return json && cellOf(json, { name, type }, layers);
    default:
      return type satisfies never;
  }
}

function oddParts(
  source: TypedSql,
  { name, type }: Pick<Column, 'name' | 'type'>,
  layers: Layers,
): readonly string[] {
  const json = isDocumented(source.type, type) ? undefined : jsonOf(source);
  if (json === undefined) return [];
  const isThere =
    source.type.kind === 'text' ? `trim(${source.sql}) NOT IN ('', 'null')` : isThereSql(json);
  return oddIn(json, { name, type, isThere }, layers);
}

/** The text as a log has it: instants in UTC, account IDs with their leading zeros, structs and lists as JSON. */
export function textOf({ sql, type }: TypedSql, name: string): string {
  switch (type.kind) {
    case 'text':
      return sql;
    case 'json':
      return trino.jsonText(sql);
    case 'struct':
    case 'list':
    case 'map':
      return `json_format(CAST(${sql} AS JSON))`;
    case 'instant':
      return type.zoned
        ? `replace(CAST(${sql} AT TIME ZONE 'UTC' AS varchar), ' UTC', '')`
        : // Glue calls Iceberg's timestamps with a time zone `timestamp` too. Their zone is UTC.
          `replace(CAST(${sql} AS varchar), ' UTC', '')`;
    case 'scalar':
      return /accountId$/i.test(name)
        ? `lpad(CAST(CAST(${sql} AS bigint) AS varchar), 12, '0')`
        : `CAST(${sql} AS varchar)`;
    default:
      return type satisfies never;
  }
}

/** A value as JSON; undefined for one that is no object and no list. */
export function jsonOf({ sql, type }: TypedSql): JsonSql | undefined {
  switch (type.kind) {
    case 'text':
      return { sql: heldJson(sql), layer: 0, isHeld: true };
    case 'json':
      return { sql, layer: 0, isHeld: false };
    case 'struct':
    case 'list':
    case 'map':
      return { sql: `CAST(${sql} AS JSON)`, layer: 0, isHeld: false };
    case 'instant':
    case 'scalar':
      return undefined;
    default:
      return type satisfies never;
  }
}
