/**
 * A relation that reads only some columns of a table. In a columnar file (Parquet, ORC) a column that is not read costs nothing, and
 * the columns that no rule tests are most of the bytes.
 */
import { COLUMNS } from '../../cloudtrail/field/columns.js';
import type { Relation } from './fit.js';
import { trinoType } from './trino-type.js';

/** The relation with NULL for the columns that are not among `needed`, by their names in the documented table, and for `extra`. */
export function narrowRelation(relation: Relation, needed: ReadonlySet<string>): Relation {
  const columns = relation.columns.map((column) =>
    needed.has(column.name) ? column : { ...column, sql: nullOf(column.name) },
  );
  return { ...relation, columns, caller: [] };
}

/**
 * An estimate of the share of a table's bytes that the narrow relation does not read, from 0 to 1. A column that it reads for any
 * field, such as one with the JSON of whole events, counts as read.
 */
export function unreadPart(relation: Relation, narrow: Relation): number {
  const read = new Set(narrow.columns.map(({ sql }) => firstName(sql)));
  const unread = relation.columns.filter(({ sql }) => {
    const name = firstName(sql);
    return name !== undefined && !read.has(name);
  });
  return unread.reduce((sum, { name }) => sum + (SHARES.get(name) ?? OTHER), 0) / 100;
}

/**
 * How many of each hundred bytes of Parquet a column takes, measured on 3,210 published records. Each column that is not listed takes
 * so little that one number (`OTHER`) is enough.
 */
const SHARES: ReadonlyMap<string, number> = new Map([
  ['requestid', 22],
  ['requestparameters', 17],
  ['responseelements', 17],
  ['errormessage', 12],
  ['eventid', 11],
  ['additionaleventdata', 6],
  ['useridentity', 4],
  ['eventtime', 2],
  ['useragent', 2],
]);
const OTHER = 0.3;

/** The first column of the table that an expression has; undefined for a constant. */
function firstName(sql: string): string | undefined {
  return sql.startsWith('CAST(NULL AS ') ? undefined : /"(?:[^"]|"")+"/.exec(sql)?.[0];
}

function nullOf(name: string): string {
  const column = COLUMNS.find((one) => one.column === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return `CAST(NULL AS ${trinoType(column.type)})`;
}

/** A column of the table, or a member of one, that holds a field as it is; undefined where the field is computed. */
export function plainColumn({ columns }: Relation, field: string): string | undefined {
  const sql = columns.find(({ name }) => name === field)?.sql;
  return sql !== undefined && /^"(?:[^"]|"")+"(?:[.]"(?:[^"]|"")+")*$/.test(sql) ? sql : undefined;
}
