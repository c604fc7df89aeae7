/** Finds the column of a table that holds a documented field. */
import { asciiLower } from '../../cloudtrail/field/columns.js';
import { fieldNames } from '../../cloudtrail/field/fields.js';
import { HuntError } from '../../errors.js';
import { quoted } from '../../sql/literal.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { TableDescription } from '../description.js';
import { readSqlType } from './sql-type.js';
import type { Find, TypedSql } from './value.js';

/** The mapping `columns` of hunt.yml: a documented field (`userIdentity.arn`) to a column, or to a member (`identity.arn`). */
export type ColumnNames = ReadonlyMap<string, string>;

interface NamedSource {
  readonly name: string;
  readonly source: TypedSql;
}

/** Throws a HuntError if `names` has an unknown field. The finder throws one where `names` has an unknown column. */
export function columnFinder(table: TableDescription, names: ColumnNames): Find {
  const mapped = new Map([...names].map(([field, column]) => [checkedField(field), column]));
  const columns = [...table.columns, ...table.partitionKeys].map(({ name, type }) => ({
    name,
    source: { sql: quoted(name), type: readSqlType(type) },
  }));
  return (path, parent) => {
    const named = mapped.get(path.join('.'));
    if (named !== undefined) return columnNamed(named, columns);
    const member = parent && memberOf(parent, path.at(-1) ?? '');
    return member ?? columns.find(({ name }) => plain(name) === plain(path.join('')))?.source;
  };
}

/** The member of a struct. The exact name in any case wins over a name that differs in underscores. */
function memberOf({ sql, type }: TypedSql, name: string): TypedSql | undefined {
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

function columnNamed(name: string, columns: readonly NamedSource[]): TypedSql {
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
