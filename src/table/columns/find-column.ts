/** Finds the column of a table that holds a documented field. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { fieldNames } from '../../cloudtrail/field/fields.js';
import { HuntError } from '../../errors.js';
import { quoted } from '../../sql/literal.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { TableDescription } from '../description.js';
import { ocsfValues } from './ocsf-find.js';
import { readSqlType } from './sql-type.js';
import type { Find, TypedSql } from './value.js';
import { EVENT_FIELD, wholeEvent, type WholeEvent } from './json/whole-event.js';

/** The mapping `columns` of hunt.yml: a documented field (`userIdentity.arn`) to a column, or to a member (`identity.arn`). */
export type ColumnNames = ReadonlyMap<string, string>;

export interface NamedSource {
  readonly name: string;
  readonly source: TypedSql;
}

/** How the fields of events are found in a table. */
export interface ColumnFinder {
  readonly find: Find;
  /** The fields that hunt.yml names, in lower case. */
  readonly named: ReadonlySet<string>;
  /** The column that holds the whole event, if there is one. */
  readonly event: WholeEvent | undefined;
}

/** Throws a HuntError if `names` has an unknown field or column. */
export function columnFinder(table: TableDescription, names: ColumnNames): ColumnFinder {
  const mapped = new Map([...names].map(([field, column]) => [checkedField(field), column]));
  const columns = [...table.columns, ...table.partitionKeys].map(({ name, type }) => ({
    name,
    source: { sql: quoted(name), type: readSqlType(type) },
  }));
  const own: Find = (path, parent) => {
    const named = mapped.get(path.join('.'));
    if (named !== undefined) return columnNamed(named, columns);
    const member = parent && memberOf(parent, path.at(-1) ?? '');
    return member ?? likeNamed(path.join(''), columns)?.source;
  };
  const named = new Set(mapped.keys());
  const ocsf = ocsfValues((path) => namedSource(path, columns));
  if (ocsf !== undefined && !mapped.has(EVENT_FIELD)) {
    const find: Find = (path) =>
      named.has(path.join('.')) ? own(path, undefined) : ocsf.get(path.join('.'));
    return { find, named, event: undefined };
  }
  const eventName = mapped.get(EVENT_FIELD);
  const event = wholeEvent(columns, {
    named: eventName === undefined ? undefined : columnNamed(eventName, columns),
    hasName: own(['eventname'], undefined) !== undefined,
  });
  return {
    find: event === undefined ? own : withMembers(own, event, mapped),
    named,
    event,
  };
}

/** Finds the members of a column with the whole event, where that is a struct, before columns with the same names. */
function withMembers(own: Find, { source }: WholeEvent, mapped: ReadonlyMap<string, string>): Find {
  return (path, parent) => {
    const isInside = parent === undefined && path.length === 1 && !mapped.has(path.join('.'));
    const member = isInside ? memberOf(source, path[0] ?? '') : undefined;
    return member ?? own(path, parent);
  };
}

/** The member of a struct. */
function memberOf({ sql, type }: TypedSql, name: string): TypedSql | undefined {
  if (type.kind !== 'struct') return undefined;
  const member = likeNamed(name, type.members);
  return member && { sql: `${sql}.${quoted(member.name)}`, type: member.type };
}

/** The exact name in any case wins over a name that differs in underscores. */
function likeNamed<Named extends { readonly name: string }>(
  name: string,
  all: readonly Named[],
): Named | undefined {
  return (
    all.find((own) => asciiLower(own.name) === asciiLower(name)) ??
    all.find((own) => plain(own.name) === plain(name))
  );
}

function plain(name: string): string {
  return asciiLower(name).replaceAll('_', '');
}

function checkedField(field: string): string {
  const known = [...fieldNames(), EVENT_FIELD];
  if (known.some((name) => asciiLower(name) === asciiLower(field))) return asciiLower(field);
  throw new HuntError('CONFIG', `columns: no field ${field}.${didYouMean(field, known)}`);
}

function columnNamed(name: string, columns: readonly NamedSource[]): TypedSql {
  const source = namedSource(name, columns);
  if (source !== undefined) return source;
  const near = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  throw new HuntError('CONFIG', `columns: the table has no column ${name}.${near}`);
}

/** The column of this name, else the member at this path. */
function namedSource(name: string, columns: readonly NamedSource[]): TypedSql | undefined {
  const columnOf = (wanted: string): TypedSql | undefined =>
    columns.find((column) => column.name.toLowerCase() === wanted.toLowerCase())?.source;
  const [first = '', ...members] = name.split('.');
  return (
    columnOf(name) ??
    members.reduce<TypedSql | undefined>(
      (source, member) => source && memberOf(source, asciiLower(member)),
      columnOf(first),
    )
  );
}
