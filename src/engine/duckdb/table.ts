/** The `events` table in DuckDB's types. */
import { COLUMNS, EXTRA_COLUMN, SOURCE_COLUMN, type ColumnType } from '../../cloudtrail/columns.js';

export interface LocalColumn {
  readonly name: string;
  readonly type: ColumnType;
}

/** Every column of the local table, in order: AWS's, then the file and what the columns could not hold. */
export const LOCAL_COLUMNS: readonly LocalColumn[] = [
  ...COLUMNS,
  { column: SOURCE_COLUMN, type: { kind: 'text' } as const },
  { column: EXTRA_COLUMN, type: { kind: 'text' } as const },
].map(({ column, type }) => ({ name: column, type }));

/** The statement that makes the empty table. */
export const CREATE_EVENTS = `CREATE TABLE events (${LOCAL_COLUMNS.map(
  ({ name, type }) => `${name} ${duckdbType(type)}`,
).join(', ')})`;

function duckdbType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'json':
      return 'VARCHAR';
    case 'struct':
      return `STRUCT(${type.members.map(({ column, type: member }) => `"${column}" ${duckdbType(member)}`).join(', ')})`;
    case 'list':
      return `${duckdbType(type.of)}[]`;
    case 'map':
      return 'MAP(VARCHAR, VARCHAR)';
    default:
      return type satisfies never;
  }
}
