/** Runs hunt's statements for Athena in DuckDB, for machines without Trino. It cannot find mistakes in the dialect itself. */
import type { EventRecord } from '../../../src/cloudtrail/record.js';
import { toBatches } from '../../../src/batch/batch.js';
import { COLUMNS } from '../../../src/cloudtrail/field/columns.js';
import { reasonOf } from '../../../src/errors.js';
import { DuckdbEngine } from '../../../src/engine/duckdb/engine.js';
import type { Row } from '../../../src/engine/engine.js';
import { athenaInDuckdb, CREATE_MACROS } from './athena-in-duckdb.js';
import type { Execute, ExecutionResult } from './execution.js';
import { requalified } from './sql-code.js';

export interface DuckdbTable {
  readonly database: string;
  readonly table: string;
  /** Further columns, such as partition keys: name to SQL expression. */
  readonly more?: Readonly<Record<string, string>>;
}

export interface DuckdbExecutor {
  readonly execute: Execute;
  close(): Promise<void>;
}

/** A table of these records with AWS's columns and `$path`. The caller closes the executor. */
export async function duckdbExecutor(
  records: readonly EventRecord[],
  { database, table, more = {} }: DuckdbTable,
): Promise<DuckdbExecutor> {
  const engine = await DuckdbEngine.open();
  await engine.load(toBatches(COLUMNS, records));
  const columns = [
    ...COLUMNS.map(({ column }) => column),
    'source AS "$path"',
    ...Object.entries(more).map(([name, expression]) => `${expression} AS "${name}"`),
  ];
  const view = `CREATE VIEW "${table}" AS SELECT ${columns.join(', ')} FROM events`;
  for (const sql of [...CREATE_MACROS, view]) await rowsOf(engine, sql);

  // One statement at a time: a stream of rows does not outlive the next statement of its connection.
  let before: Promise<unknown> = Promise.resolve();
  return {
    execute: (sql, { Database: wanted = database }) => {
      if (wanted.toLowerCase() !== database.toLowerCase())
        throw trinoError('SCHEMA_NOT_FOUND', `Schema '${wanted}' does not exist`);
      const statement = athenaInDuckdb(requalified(sql, database, ''));
      const result = before.then(() => run(engine, statement.replace(/;\s*$/, ''), database));
      before = result.catch(() => undefined);
      return result;
    },
    close: async () => {
      await before;
      await engine.close();
    },
  };
}

async function run(engine: DuckdbEngine, sql: string, database: string): Promise<ExecutionResult> {
  try {
    if (/^\s*EXPLAIN\b/i.test(sql)) {
      const plan = await rowsOf(engine, sql);
      const columns = [{ name: 'Query Plan', type: 'varchar' }];
      return { columns, rows: plan.map((row) => [row['explain_value'] ?? '']) };
    }
    const columns = (await rowsOf(engine, `DESCRIBE ${sql}`)).map((row) => ({
      name: row['column_name'] ?? '',
      type: TYPES[row['column_type'] ?? ''] ?? 'varchar',
    }));
    const rows = await rowsOf(engine, sql);
    return { columns, rows: rows.map((row) => columns.map(({ name }) => row[name] ?? null)) };
  } catch (error) {
    throw inTrinosWords(reasonOf(error), database);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  INTEGER: 'integer',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  DOUBLE: 'double',
  'TIMESTAMP WITH TIME ZONE': 'timestamp(6) with time zone',
};

function inTrinosWords(reason: string, database: string): Error {
  const column = /Referenced column "([^"]*)" not found/.exec(reason)?.[1];
  if (column !== undefined)
    return trinoError('COLUMN_NOT_FOUND', `Column '${column}' cannot be resolved`);
  const table = /Table with name (\S+) does not exist/.exec(reason)?.[1];
  if (table !== undefined)
    return trinoError(
      'TABLE_NOT_FOUND',
      `Table 'awsdatacatalog.${database}.${table}' does not exist`,
    );
  const name = reason.includes('Parser Error') ? 'SYNTAX_ERROR' : 'GENERIC_INTERNAL_ERROR';
  return trinoError(name, reason);
}

function trinoError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

async function rowsOf(engine: DuckdbEngine, sql: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of engine.rows(sql)) rows.push(row);
  return rows;
}
