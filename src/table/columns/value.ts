/** A value of some table as the type that AWS's documented table has in its place, in Trino's SQL. */
import type { Column, ColumnType } from '../../cloudtrail/columns.js';
import { trino } from '../../sql/dialect/trino.js';
import { quoted } from '../../sql/literal.js';
import type { SqlMember, SqlType } from './sql-type.js';

/** An expression, and its type. */
export interface Source {
  readonly sql: string;
  readonly type: SqlType;
}

/** Where a field's value is in the table, by its path in lower case; undefined where it is nowhere. */
export type Find = (path: readonly string[], inside: Source | undefined) => Source | undefined;

export interface Fitted {
  readonly sql: string;
  /** Fields that the table does not have, by their documented names. */
  readonly missing: readonly string[];
}

/** The value of a documented column. `above` names what it stands in: `userIdentity.`. */
export function fit(
  column: Column,
  path: readonly string[],
  above: string,
  inside: Source | undefined,
  find: Find,
): Fitted {
  const name = above + column.name;
  const source = find(path, inside);
  if (column.type.kind === 'struct' && (source === undefined || source.type.kind === 'struct'))
    return fitStruct(column.type.members, path, name, source, find);
  if (source === undefined) return missing(column.type, name);
  const sql = convert(source, column.type, name);
  return sql === undefined ? missing(column.type, name) : { sql, missing: [] };
}

function missing(type: ColumnType, name: string): Fitted {
  return { sql: `CAST(NULL AS ${trinoType(type)})`, missing: [name] };
}

/** Member by member, for a table may have fewer, more, or others in their place. */
function fitStruct(
  members: readonly Column[],
  path: readonly string[],
  name: string,
  source: Source | undefined,
  find: Find,
): Fitted {
  if (source !== undefined && isDocumented(source.type, { kind: 'struct', members }))
    return { sql: source.sql, missing: [] };
  const fitted = members.map((member) =>
    fit(member, [...path, member.column], `${name}.`, source, find),
  );
  const there = fitted.filter(
    ({ missing: lacking }, index) => !lacking.includes(`${name}.${members[index]?.name}`),
  );
  if (source === undefined && there.length === 0) return missing({ kind: 'struct', members }, name);
  const row = `CAST(ROW(${fitted.map(({ sql }) => sql).join(', ')}) AS ${trinoType({ kind: 'struct', members })})`;
  // Where a table has no struct but members of one, it is there when any of them is.
  const isThere = (source === undefined ? there : [source]).map(({ sql }) => `${sql} IS NOT NULL`);
  return {
    sql: `CASE WHEN ${isThere.join(' OR ')} THEN ${row} END`,
    missing: fitted.flatMap((member) => member.missing),
  };
}

/** Whether a type is the documented one already, so that the column can stand as it is. */
function isDocumented(type: SqlType, documented: ColumnType): boolean {
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

function convert(source: Source, type: ColumnType, name: string): string | undefined {
  if (isDocumented(source.type, type)) return source.sql;
  switch (type.kind) {
    case 'text':
    case 'json':
      return textOf(source, name);
    case 'map':
      return undefined;
    case 'struct':
    case 'list':
      return fromJson(source, type);
    default:
      return type satisfies never;
  }
}

/** A log's text: an instant as UTC, an account with all its digits, whatever has parts as JSON. */
function textOf({ sql, type }: Source, name: string): string {
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
        : `CAST(${sql} AS varchar)`;
    case 'scalar':
      return /accountId$/i.test(name)
        ? `lpad(CAST(CAST(${sql} AS bigint) AS varchar), 12, '0')`
        : `CAST(${sql} AS varchar)`;
    default:
      return type satisfies never;
  }
}

/** Trino finds the members of JSON by their names, whatever the case, and gives NULL for what does not fit. */
function fromJson({ sql, type }: Source, wanted: ColumnType): string | undefined {
  const json =
    type.kind === 'text'
      ? `json_parse(${sql})`
      : type.kind === 'json'
        ? sql
        : `CAST(${sql} AS JSON)`;
  return type.kind === 'scalar' || type.kind === 'instant'
    ? undefined
    : `TRY(CAST(${json} AS ${trinoType(wanted)}))`;
}

function trinoType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'json':
      return 'varchar';
    case 'map':
      return 'map(varchar, varchar)';
    case 'list':
      return `array(${trinoType(type.of)})`;
    case 'struct':
      return `row(${type.members.map((member) => `${quoted(member.column)} ${trinoType(member.type)}`).join(', ')})`;
    default:
      return type satisfies never;
  }
}
