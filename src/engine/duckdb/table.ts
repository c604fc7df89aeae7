/** The `events` table in DuckDB's types, and the values that its chunks take. */
import {
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  LIST,
  MAP,
  STRUCT,
  VARCHAR,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';
import { COLUMNS, EXTRA_COLUMN, SOURCE_COLUMN, type ColumnType } from '../../cloudtrail/columns.js';
import type { Cell } from '../../cloudtrail/record.js';

export interface LocalColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly duckdb: DuckDBType;
}

/** Every column of the local table, in order: AWS's, then the file and what the columns could not hold. */
export const LOCAL_COLUMNS: readonly LocalColumn[] = [
  ...COLUMNS,
  { column: SOURCE_COLUMN, type: { kind: 'text' } as const },
  { column: EXTRA_COLUMN, type: { kind: 'text' } as const },
].map(({ column, type }) => ({ name: column, type, duckdb: duckdbType(type) }));

/** The statement that makes the empty table. */
export const CREATE_EVENTS = `CREATE TABLE events (${LOCAL_COLUMNS.map(
  ({ name, duckdb }) => `${name} ${duckdb.toString()}`,
).join(', ')})`;

function duckdbType(type: ColumnType): DuckDBType {
  switch (type.kind) {
    case 'text':
    case 'json':
      return VARCHAR;
    case 'struct':
      return STRUCT(
        Object.fromEntries(type.members.map((member) => [member.column, duckdbType(member.type)])),
      );
    case 'list':
      return LIST(duckdbType(type.of));
    case 'map':
      return MAP(VARCHAR, VARCHAR);
    default:
      return type satisfies never;
  }
}

/** A cell as the value that a chunk of its column's type takes. */
export function duckdbValue(type: ColumnType, cell: Cell | undefined): DuckDBValue {
  if (cell === null || cell === undefined || typeof cell === 'string') return cell ?? null;
  switch (type.kind) {
    case 'struct': {
      const members = cell as { readonly [member: string]: Cell };
      return new DuckDBStructValue(
        Object.fromEntries(
          type.members.map(({ column, type: member }) => [
            column,
            duckdbValue(member, members[column]),
          ]),
        ),
      );
    }
    case 'list':
      return new DuckDBListValue(
        (cell as readonly Cell[]).map((item) => duckdbValue(type.of, item)),
      );
    case 'map':
      return new DuckDBMapValue(
        Object.entries(cell).map(([key, value]) => ({ key, value: value as string | null })),
      );
    case 'text':
    case 'json':
      return null;
    default:
      return type satisfies never;
  }
}
