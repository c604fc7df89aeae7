/** A thread that has no rows to read would keep a processor busy: DuckDB reads a group of rows with one thread. */
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { toBatch } from '../../../src/batch/batch.js';
import { COLUMNS } from '../../../src/cloudtrail/field/columns.js';
import { readRecord, type EventRecord } from '../../../src/cloudtrail/record.js';
import { DuckdbEngine } from '../../../src/engine/duckdb/engine.js';

const ROWS = 2048;

test.each([
  [1, 1],
  [48, 1],
  [61, 2],
])('%i batches are read by at most %i threads', async (batches, most) => {
  const { row } = readRecord({ eventName: 'E' }, 'a.json');
  const batch = toBatch(COLUMNS, Array<EventRecord>(ROWS).fill(row));
  const engine = await DuckdbEngine.open();
  try {
    await engine.load(Array.from({ length: batches }, () => batch));
    for await (const { groups, threads } of engine.rows(
      `SELECT count(DISTINCT row_group_id) AS groups, current_setting('threads') AS threads
        FROM pragma_storage_info('events') WHERE count > 0`,
    )) {
      expect(Number(threads)).toBe(Math.min(most, availableParallelism()));
      expect(Number(groups)).toBeGreaterThanOrEqual(Number(threads));
    }
  } finally {
    await engine.close();
  }
});
