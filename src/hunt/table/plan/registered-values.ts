/** Asks the engine for the registered values of partition keys that are not understood by their names. */
import type { TableEngine } from '../../../engine/engine.js';
import { HuntError } from '../../../errors.js';
import { readValues, valuesSql } from '../../../table/partitions/sql/values.js';
import type { RegisteredValues } from '../../../table/partitions/values/complete-hints.js';
import { keysToList, type HuntedTable } from './hunted-table.js';

/**
 * The table with the values, where they may say what its keys are. It stays as it is where they cannot be listed: then the notes on
 * its partitions say what is not understood. Throws a HuntError if the hunt is interrupted.
 */
export async function withRegisteredValues(
  table: HuntedTable,
  engine: TableEngine,
): Promise<HuntedTable> {
  const keys = keysToList(table);
  if (keys.length === 0) return table;
  return { ...table, registeredValues: await listValues(keys, table, engine) };
}

async function listValues(
  keys: readonly string[],
  { partitionsFrom }: HuntedTable,
  engine: TableEngine,
): Promise<RegisteredValues> {
  try {
    let values: RegisteredValues = new Map();
    // Read to the end, or the query counts as still running.
    for await (const row of engine.rows(valuesSql(keys, partitionsFrom), 'partition values'))
      values = readValues(keys, row);
    return values;
  } catch (error) {
    if (error instanceof HuntError && error.code === 'ENGINE') return new Map();
    throw error;
  }
}
