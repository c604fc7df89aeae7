/** A table in Athena or Trino, as a hunt sees it. */
import { HuntError } from '../../../errors.js';
import type { ColumnNames } from '../../../table/columns/find-column.js';
import { fitTable, type Relation } from '../../../table/columns/fit.js';
import type { TableDescription } from '../../../table/description.js';
import type { PartitionHints, PartitionRoles } from '../../../table/partitions/roles.js';
import {
  completeHints,
  openKeys,
  type RegisteredValues,
} from '../../../table/partitions/values/complete-hints.js';

import type { Layout } from '../../../table/partitions/layout.js';
import { layoutOf } from '../../../table/partitions/recognise.js';
export interface HuntedTable {
  readonly engine: 'athena' | 'trino';
  /** The name that the person gave. */
  readonly name: string;
  /** The table as it stands in FROM. */
  readonly from: string;
  /** Its table of registered partitions as it stands in FROM. */
  readonly partitionsFrom: string;
  /** Of an Iceberg table: its table of files as it stands in FROM. */
  readonly filesFrom: string;
  /** The expression for the file of a record; undefined if the engine has none. */
  readonly source: string | undefined;
  readonly description: TableDescription;
  /** The columns that hunt.yml names. */
  readonly columns: ColumnNames;
  /** The partition keys that hunt.yml names. */
  readonly roles: PartitionRoles;
  /** The partition keys of which hunt.yml names the values. */
  readonly named?: PartitionHints['named'];
  /** The registered values of partition keys; undefined until the engine has listed them. */
  readonly registeredValues?: RegisteredValues | undefined;
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
function keyedDescription({ description, roles, named }: HuntedTable): TableDescription {
  const columns = new Set([
    ...[...roles].flatMap(([role, column]) => (role === 'format' ? [] : column.toLowerCase())),
    ...[...(named?.keys() ?? [])].map((column) => column.toLowerCase()),
  ]);
  const keys = description.columns.filter(({ name }) => columns.has(name.toLowerCase()));
  return { ...description, partitionKeys: [...description.partitionKeys, ...keys] };
}

/** What the partition keys mean at `now` (milliseconds since 1970). Throws a HuntError where hunt.yml is wrong about them. */
export function tableLayout(table: HuntedTable, now: number): Layout {
  return layoutOf(keyedDescription(table), hintsOf(table), now);
}

/** The partition keys whose registered values the hunt must still list, because they say what the keys are. */
export function keysToList(table: HuntedTable): readonly string[] {
  const { description, roles, named, registeredValues } = table;
  return registeredValues === undefined ? openKeys(description, { roles, named }) : [];
}

/** Whether all is known that says what the keys are. */
export function areKeysKnown(table: HuntedTable): boolean {
  return keysToList(table).length === 0;
}

/** What hunt.yml says about the partition keys and, once they are listed, what their registered values say. */
function hintsOf(table: HuntedTable): PartitionHints {
  const { description, roles, named, registeredValues: values } = table;
  if (values !== undefined) return completeHints(description, { roles, named }, values);
  if (areKeysKnown(table)) return { roles, named };
  // A date without a format is no mistake before its values are known.
  const rest = [...roles].filter(([role]) => role !== 'date' || roles.has('format'));
  return { roles: new Map(rest), named };
}
