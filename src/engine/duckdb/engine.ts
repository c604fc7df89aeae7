/** DuckDB in this process: records are loaded into tables of events, and statements give rows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
// The bindings and not `@duckdb/node-api`, which takes ten times as long to load and creates an object for each value.
import duckdb from '@duckdb/node-bindings';
import type { Batch } from '../../batch/batch.js';
import { COLUMNS, type Column } from '../../cloudtrail/field/columns.js';
import { HuntError, reasonOf } from '../../errors.js';
import type { Engine, Row } from '../engine.js';
import { openDatabase, type OpenDatabase } from './database.js';
import { EventTables } from './event-tables.js';
import { inPartsBy, type Relation } from './relation.js';
import { streamTexts, type TextChunk } from './stream.js';

/**
 * DuckDB's memory limit in MB. Above it, DuckDB writes to disk. A rule on any call may count tens of thousands of events: with a
 * lower limit, its statement fails and runs again.
 */
const MEMORY = 128;
/** The most to which the limit is raised, for data that DuckDB cannot write to disk. */
const MOST_MEMORY = 64 * 1024;
/** A statement that runs out of memory is run on this many parts of the table instead, each part again if needed. */
const PARTS = 4;
/**
 * A part with less text than this, in bytes, is not divided further. What the statement holds then does not depend on the
 * table (many rules, for example), so smaller parts would not help.
 */
const LEAST_DIVIDED = 16 * 1024 * 1024;

/**
 * For fewer rows than this, a statement takes longer to plan than to run. A quarter of the planning of long conditions is a search for
 * what they have in common.
 */
const FEW_ROWS = 4096;
const FOR_MANY_ROWS = 'common_subexpressions';
/** The name of the table with the rows of a statement. */
const STORED = 'stored';

interface EngineParts {
  readonly database: OpenDatabase;
  readonly tables: EventTables;
  /** The folder for DuckDB's temporary files. */
  readonly scratch: string;
  readonly signal: AbortSignal | undefined;
}

export class DuckdbEngine implements Engine {
  private readonly database: OpenDatabase;
  private readonly tables: EventTables;
  private readonly scratch: string;
  private readonly signal: AbortSignal | undefined;
  private memory = MEMORY;
  private readonly interrupt = (): void => duckdb.interrupt(this.database.connection);
  /** The loaded events. */
  readonly events: Relation = (parts, part) => this.tables.relation(parts, part);

  private constructor({ database, tables, scratch, signal }: EngineParts) {
    this.database = database;
    this.tables = tables;
    this.scratch = scratch;
    this.signal = signal;
    signal?.addEventListener('abort', this.interrupt);
  }

  /**
   * Opens an empty `events` table in memory, with the given columns of AWS's table (see `localColumns`). Data that does not
   * fit into memory goes into a folder that `close` removes. When `signal` aborts, the running statement is interrupted.
   */
  static async open(
    columns: readonly Column[] = COLUMNS,
    signal?: AbortSignal,
  ): Promise<DuckdbEngine> {
    const scratch = await mkdtemp(join(tmpdir(), 'hunt-'));
    const database = await openDatabase({
      temp_directory: scratch,
      memory_limit: `${MEMORY}MB`,
      // DuckDB returns freed memory to the system early. That costs it nothing, and keeps the process small.
      allocator_bulk_deallocation_flush_threshold: '4MB',
    });
    await duckdb.query(database.connection, 'SET enable_external_access = false');
    const tables = await EventTables.create(database.connection, columns);
    return new DuckdbEngine({ database, tables, scratch, signal });
  }

  /** Appends batches that have the columns of the table. */
  async load(batches: AsyncIterable<Batch> | Iterable<Batch>): Promise<void> {
    await this.tables.load(batches, async (bytes) => {
      const needed = Math.ceil(bytes / 2 ** 20);
      if (needed > this.memory) await this.setMemory(needed);
    });
    // A thread without rows keeps a processor busy: it asks again and again whether the others are done.
    await this.set('threads', Math.min(Math.max(1, this.tables.shares), availableParallelism()));
    const disabled = this.tables.rows < FEW_ROWS ? FOR_MANY_ROWS : '';
    await this.set('disabled_optimizers', `'${disabled}'`);
  }

  /**
   * The rows of a statement about events. `sqlOf` makes the statement from the relation that it reads: the whole of it, or,
   * where that needs too much memory, one part after another. All records of one event are in one part.
   */
  rowsInParts(
    sqlOf: (table: string) => string,
    relation: Relation = this.events,
  ): AsyncIterable<Row> {
    return this.rowsOfPart((parts, part) => sqlOf(relation(parts, part)), 1, 0);
  }

  private rowsOfPart(sqlOf: Relation, parts: number, part: number): AsyncIterable<Row> {
    const sql = sqlOf(parts, part);
    return this.rowsOr(sql, (failure) =>
      this.tables.size / parts > LEAST_DIVIDED
        ? this.rowsInSmaller(sqlOf, parts, part)
        : this.rowsWithMore(sql, failure),
    );
  }

  private async *rowsInSmaller(sqlOf: Relation, parts: number, part: number): AsyncGenerator<Row> {
    for (let nth = 0; nth < PARTS; nth++)
      yield* this.rowsOfPart(sqlOf, PARTS * parts, part + nth * parts);
  }

  /**
   * Stores the rows of a statement about events in a table, which replaces the one before. `key` is SQL: rows in which it is equal are
   * in one part of the relation.
   */
  async stored(sqlOf: (table: string) => string, key: string): Promise<Relation> {
    const sql = `CREATE OR REPLACE TABLE ${STORED} AS ${sqlOf(this.events(1, 0))}`;
    await this.withMemory(() =>
      duckdb.query(this.database.connection, sql).catch((error: unknown) => {
        throw this.failure(error);
      }),
    );
    return inPartsBy(key, STORED);
  }

  rows(sql: string): AsyncIterable<Row> {
    return this.rowsOr(sql, (failure) => this.rowsWithMore(sql, failure));
  }

  /** The rows with twice the memory: DuckDB cannot write everything that a statement holds to disk. */
  private async rowsWithMore(sql: string, failure: HuntError): Promise<AsyncIterable<Row>> {
    await this.doubleMemory(failure);
    return this.rows(sql);
  }

  /** Runs `run`. Where DuckDB runs out of memory after the first rows, runs it again from the start with twice as much. */
  async withMemory<T>(run: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await run();
      } catch (error) {
        await this.doubleMemory(error);
      }
  }

  /** The rows of a statement; where DuckDB runs out of memory before the first row, those of `otherwise`. */
  private async *rowsOr(
    sql: string,
    otherwise: (failure: HuntError) => AsyncIterable<Row> | Promise<AsyncIterable<Row>>,
  ): AsyncGenerator<Row> {
    let hasBegun = false;
    try {
      for await (const chunk of streamTexts(this.database.connection, sql)) {
        hasBegun = true;
        // For each row, `yield*` makes several promises.
        for (const row of rowsOf(chunk)) yield row;
      }
    } catch (error) {
      const failure = this.failure(error);
      if (hasBegun || !isOutOfMemory(failure)) throw failure;
      yield* await otherwise(failure);
    }
  }

  /** Doubles the memory limit. Throws the error where it has another cause, or where the limit cannot grow. */
  private async doubleMemory(error: unknown): Promise<void> {
    if (this.memory >= MOST_MEMORY || !isOutOfMemory(error)) throw error;
    await this.setMemory(2 * this.memory);
  }

  /** Sets the memory limit, in MB. */
  private async setMemory(memory: number): Promise<void> {
    await this.set('memory_limit', `'${memory}MB'`);
    this.memory = memory;
  }

  private async set(name: string, value: string | number): Promise<void> {
    await duckdb.query(this.database.connection, `SET ${name} = ${value}`);
  }

  private failure(cause: unknown): HuntError {
    return this.signal?.aborted
      ? new HuntError('INTERRUPTED', 'interrupted', { cause })
      : new HuntError('ENGINE', `DuckDB could not run the query: ${reasonOf(cause)}`, { cause });
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.interrupt);
    this.database.close();
    await rm(this.scratch, { recursive: true, force: true });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return reasonOf(error).includes('Out of Memory');
}

function rowsOf({ names, rows, texts }: TextChunk): readonly Row[] {
  return Array.from({ length: rows }, (_, at) => {
    const row: Record<string, string | null> = {};
    for (let index = 0; index < names.length; index++)
      row[names[index] ?? ''] = texts[index]?.[at] ?? null;
    return row;
  });
}
