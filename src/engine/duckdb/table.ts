/** The statement that creates a table of events in DuckDB. */
import type { Column, ColumnType } from '../../cloudtrail/field/columns.js';

/** Creates an empty table with these columns. */
export function createEvents(name: string, columns: readonly Column[]): string {
  return `CREATE TABLE ${name} (${columns.map(({ column, type }) => `${column} ${duckdbType(type)}`).join(', ')})`;
}

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
