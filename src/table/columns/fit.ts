/** A table of another shape as AWS's documented one: which of its columns stands for what, and what it does not have. */
import { COLUMNS, asciiLower } from '../../cloudtrail/columns.js';
import { fieldNames } from '../../cloudtrail/fields.js';
import { HuntError } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { quoted } from '../../sql/literal.js';
import type { TableDescription } from '../description.js';
import { readSqlType, type SqlType } from './sql-type.js';
import { fit, type Find, type Source } from './value.js';

/** Documented field (`userIdentity.arn`) to column (or a member of one: `identity.arn`), from `hunt.yml`. */
export type ColumnNames = ReadonlyMap<string, string>;

export interface Relation {
  /** The documented columns in their order, each as an expression over the table. */
  readonly columns: readonly { readonly name: string; readonly sql: string }[];
  /** Fields that the table does not have, by their documented names. */
  readonly missing: readonly string[];
  /** The documented columns of JSON that have a type of their own here, which says what keys there may be. */
  readonly typed: readonly { readonly name: string; readonly type: SqlType }[];
}

/** Without these nothing can be hunted. */
const NEEDED = ['eventTime', 'eventName'];

/**
 * Fits a table into AWS's documented columns. A column is found by `names`, else by its own name, whatever the case and
 * underscores: `event_time`, `useridentity_arn`. Throws a HuntError where a name in `names` is unknown, or where the table
 * cannot be one of CloudTrail.
 */
export function fitTable(table: TableDescription, names: ColumnNames): Relation {
  const find = finder(table, names);
  const fitted = COLUMNS.map((column) => ({
    name: column.column,
    ...fit(column, [column.column], '', undefined, find),
  }));
  const missing = fitted.flatMap((column) => column.missing);
  const lacking = NEEDED.filter((name) => missing.includes(name));
  if (lacking.length > 0) throw notCloudTrail(table, lacking);
  checkTime(find(['eventtime'], undefined));
  const typed = COLUMNS.flatMap(({ name, column, type }) => {
    const own = type.kind === 'json' ? find([column], undefined)?.type : undefined;
    return own === undefined || own.kind === 'text' ? [] : [{ name, type: own }];
  });
  return { columns: fitted.map(({ name, sql }) => ({ name, sql })), missing, typed };
}

/** What is no time would be one of no event: a zero that says nothing. */
function checkTime(time: Source | undefined): void {
  if (time === undefined || ['text', 'instant', 'json'].includes(time.type.kind)) return;
  throw new HuntError(
    'CONFIG',
    `the column for eventTime, ${time.sql}, is neither text nor a timestamp. ` +
      'If another one is it, say so in hunt.yml: columns: { eventTime: <column> }',
  );
}

function finder(table: TableDescription, names: ColumnNames): Find {
  const mapped = new Map([...names].map(([field, column]) => [checkedField(field), column]));
  const columns = [...table.columns, ...table.partitionKeys].map(({ name, type }) => ({
    name,
    source: { sql: quoted(name), type: readSqlType(type) },
  }));
  return (path, inside) => {
    const named = mapped.get(path.join('.'));
    if (named !== undefined) return columnNamed(named, columns);
    const member = inside && memberOf(inside, path.at(-1) ?? '');
    return member ?? columns.find(({ name }) => plain(name) === plain(path.join('')))?.source;
  };
}

interface NamedSource {
  readonly name: string;
  readonly source: Source;
}

function memberOf({ sql, type }: Source, name: string): Source | undefined {
  if (type.kind !== 'struct') return undefined;
  const member =
    type.members.find((own) => own.name.toLowerCase() === name) ??
    type.members.find((own) => plain(own.name) === plain(name));
  return member && { sql: `${sql}.${quoted(member.name)}`, type: member.type };
}

function plain(name: string): string {
  return asciiLower(name).replaceAll('_', '');
}

function checkedField(field: string): string {
  const known = fieldNames();
  if (known.some((name) => asciiLower(name) === asciiLower(field))) return asciiLower(field);
  throw new HuntError('CONFIG', `columns: no field ${field}.${didYouMean(field, known)}`);
}

function columnNamed(name: string, columns: readonly NamedSource[]): Source {
  const whole = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  if (whole !== undefined) return whole.source;
  const [first = '', ...members] = name.split('.');
  let source = columns.find((column) => column.name.toLowerCase() === first.toLowerCase())?.source;
  for (const member of members) source = source && memberOf(source, asciiLower(member));
  if (source !== undefined) return source;
  const near = didYouMean(
    name,
    columns.map((column) => column.name),
  );
  throw new HuntError('CONFIG', `columns: the table has no column ${name}.${near}`);
}

function notCloudTrail(table: TableDescription, lacking: readonly string[]): HuntError {
  const has = table.columns.map(({ name }) => name).join(', ') || 'none';
  const mapping = lacking.map((name) => `${name}: <column>`).join(', ');
  return new HuntError(
    'CONFIG',
    `the table has no column for ${lacking.join(' and ')}; it has ${has}. ` +
      `If one of them is it, say so in hunt.yml: columns: { ${mapping} }`,
  );
}

/** What a reading of a table needs besides its columns; all of it SQL. */
export interface Reading {
  /** As it stands in FROM. */
  readonly from: string;
  /** The expression for the file of a record, where the engine knows it. */
  readonly source: string | undefined;
  /** The partitions to read; all of them where undefined. */
  readonly where: string | undefined;
}

/** The statement that gives the documented columns of a table, and `source` and `extra`. */
export function relationSql({ columns }: Relation, { from, source, where }: Reading): string {
  const none = 'CAST(NULL AS varchar)';
  const all = [...columns, { name: 'source', sql: source ?? none }, { name: 'extra', sql: none }];
  return [
    '  SELECT',
    all
      .map(({ name, sql }) => `    ${sql === quoted(name) ? name : `${sql} AS ${name}`}`)
      .join(',\n'),
    `  FROM ${from}`,
    ...(where === undefined ? [] : [`  WHERE ${where}`]),
  ].join('\n');
}
