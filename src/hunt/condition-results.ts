/** Tests conditions on given events with the same SQL as a hunt, for `hunt test` and `hunt why`. */
import { toBatches } from '../batch/batch.js';
import type { JsonObject } from '../cloudtrail/json.js';
import { toRecord } from '../cloudtrail/record.js';
import { openDuckdb } from '../engine/duckdb/open.js';
import type { Condition } from '../rule/condition/condition.js';
import { columnsOfConditions } from '../query/columns-read.js';
import { duckdb } from '../sql/dialect/duckdb.js';
import { flagsSql } from '../sql/statement/flags.js';
import { LOADED_EVENTS } from '../sql/statement/table.js';

/** Whether each condition holds, for each event in order. Throws a HuntError if DuckDB fails. */
export async function conditionResults(
  events: readonly JsonObject[],
  conditions: readonly Condition[],
): Promise<readonly (readonly boolean[])[]> {
  const results: boolean[][] = events.map(() => []);
  const sqlOf = (name: string): string =>
    flagsSql(conditions, duckdb, { name, source: LOADED_EVENTS.source });
  const columns = columnsOfConditions(conditions);
  const engine = await openDuckdb(columns);
  try {
    // The column for the record's file holds the index of the event.
    const records = events.map((event, index) => toRecord(event, String(index)));
    await engine.load(toBatches(columns, records));
    // Events with long texts are in tables of their own.
    for await (const row of engine.rowsInParts(sqlOf))
      results[Number(row['source'])] = conditions.map((_, index) => row[`c${index}`] === 'true');
  } finally {
    await engine.close();
  }
  return results;
}
