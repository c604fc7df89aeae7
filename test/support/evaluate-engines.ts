/** Asks an engine for what the evaluator says: each condition a column of one statement, each event a row. */
import { NOTHING_REQUIRED } from '../../src/cloudtrail/requirement.js';
import { Readable } from 'node:stream';
import { toBatches } from '../../src/batch/batch.js';
import { COLUMNS } from '../../src/cloudtrail/field/columns.js';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import { readDump } from '../../src/dump/read/read.js';
import { DuckdbEngine } from '../../src/engine/duckdb/engine.js';
import type { Row } from '../../src/engine/engine.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { conditionSql } from '../../src/sql/condition/condition.js';
import type { Dialect } from '../../src/sql/dialect/dialect.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { TABLE_SCOPE } from '../../src/sql/condition/location.js';
import { recordsIn } from './batch-records.js';
import { evaluate } from './evaluate.js';

/** An engine with an `events` table that tests fill. */
export interface TestedEngine {
  readonly name: string;
  readonly dialect: Dialect;
  /** Puts the records, and nothing else, into the table `events`. */
  fill(records: readonly EventRecord[]): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export async function openDuckdb(): Promise<TestedEngine> {
  const engine = await DuckdbEngine.open();
  const rows = async (sql: string): Promise<readonly Row[]> => {
    const all: Row[] = [];
    for await (const row of engine.rows(sql)) all.push(row);
    return all;
  };
  return {
    name: 'DuckDB',
    dialect: duckdb,
    rows,
    fill: async (records) => {
      await rows('DELETE FROM events');
      await engine.load(toBatches(COLUMNS, records));
    },
    close: () => engine.close(),
  };
}

/** The rows that events become on the way of every local log; `source` is the event's number. */
export async function recordsOf(events: readonly string[]): Promise<readonly EventRecord[]> {
  const dump = readDump({
    paths: ['-'],
    stdin: () => Readable.from([Buffer.from(`{"Records":[${events.join(',\n')}]}`)]),
    window: { since: undefined, until: undefined },
    late: 0,
    required: NOTHING_REQUIRED,
    prefilter: true,
    workers: 1,
  });
  const records: EventRecord[] = [];
  for await (const batch of dump.batches) records.push(...recordsIn(batch));
  if (records.length !== events.length)
    throw new Error(`events were lost: ${JSON.stringify(dump.summary())}`);
  return records.map((record, index) => ({ ...record, source: String(index) }));
}

/** Whether an engine holds each condition (outer) for each record (inner); the engine must be filled with them. */
export async function answers(
  engine: TestedEngine,
  conditions: readonly Condition[],
  count: number,
): Promise<readonly (readonly string[])[]> {
  const columns = conditions.map(
    (condition, index) =>
      `CAST(${conditionSql(condition, engine.dialect, TABLE_SCOPE)} AS VARCHAR) AS c${index}`,
  );
  const rows = await engine.rows(`SELECT ${['source', ...columns].join(',\n')} FROM events`);
  const bySource = new Map(rows.map((row) => [row['source'], row]));
  return conditions.map((_, index) =>
    Array.from(
      { length: count },
      (_row, row) => bySource.get(String(row))?.[`c${index}`] ?? 'NULL',
    ),
  );
}

/** What the evaluator says of the same, in the engines' words. */
export function expectedAnswers(
  conditions: readonly Condition[],
  records: readonly EventRecord[],
): readonly (readonly string[])[] {
  return conditions.map((condition) =>
    records.map((record) => String(evaluate(condition, record))),
  );
}
