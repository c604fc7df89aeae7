/** A table in Athena or Trino, as a hunt sees it. */
import { HuntError } from '../../../errors.js';
import type { ColumnNames } from '../../../table/columns/find-column.js';
import { fitTable, type Relation } from '../../../table/columns/fit.js';
import type { TableDescription } from '../../../table/description.js';
import type { PartitionRoles } from '../../../table/partitions/roles.js';

export interface HuntedTable {
  readonly engine: 'athena' | 'trino';
  /** The name that the person gave. */
  readonly name: string;
  /** The table as it stands in FROM. */
  readonly from: string;
  /** Its table of registered partitions as it stands in FROM. */
  readonly partitionsFrom: string;
  /** The expression for the file of a record; undefined if the engine has none. */
  readonly source: string | undefined;
  readonly description: TableDescription;
  /** The columns that hunt.yml names. */
  readonly columns: ColumnNames;
  /** The partition keys that hunt.yml names. */
  readonly roles: PartitionRoles;
  /** The longest statement that the engine accepts, in bytes. */
  readonly longestStatement: number;
}

/** The documented columns as expressions over the table. Throws a HuntError that names the table where it does not fit. */
export function relationOf({ name, description, columns }: HuntedTable): Relation {
  try {
    return fitTable(description, columns);
  } catch (error) {
    if (!(error instanceof HuntError)) throw error;
    throw new HuntError(error.code, `${name}: ${error.message}`, { cause: error });
  }
}

/**
 * The table's description, in which columns that hunt.yml names as partition keys are keys as well. The engine does not
 * know the partition keys behind a view.
 */
export function keyedDescription({ description, roles }: HuntedTable): TableDescription {
  const named = new Set(
    [...roles].flatMap(([role, column]) => (role === 'format' ? [] : column.toLowerCase())),
  );
  const keys = description.columns.filter(({ name }) => named.has(name.toLowerCase()));
  return { ...description, partitionKeys: [...description.partitionKeys, ...keys] };
}
