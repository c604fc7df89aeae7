/** Which conditions hold for given events, as SQL says: for rules' own tests, and for one event's why. */
import { toBatches } from '../batch/batch.js';
import type { JsonObject } from '../cloudtrail/json.js';
import { toRecord } from '../cloudtrail/record.js';
import { openDuckdb } from '../engine/duckdb/open.js';
import type { Condition } from '../rule/condition.js';
import { columnsOfConditions } from '../query/columns-read.js';
import { duckdb } from '../sql/dialect/duckdb.js';
import { flagsSql } from '../sql/statement/flags.js';
import { LOADED_EVENTS } from '../sql/statement/table.js';

/** For each event, whether each condition holds. */
export async function judge(
  events: readonly JsonObject[],
  conditions: readonly Condition[],
): Promise<readonly (readonly boolean[])[]> {
  const verdicts: boolean[][] = events.map(() => []);
  const sql = flagsSql(conditions, duckdb, LOADED_EVENTS);
  const columns = columnsOfConditions(conditions);
  const engine = await openDuckdb(columns);
  try {
    // The place of the event stands in the column for its file.
    const records = events.map((event, index) => toRecord(event, String(index)));
    await engine.load(toBatches(columns, records));
    for await (const row of engine.rows(sql))
      verdicts[Number(row['source'])] = conditions.map((_, index) => row[`c${index}`] === 'true');
  } finally {
    await engine.close();
  }
  return verdicts;
}
