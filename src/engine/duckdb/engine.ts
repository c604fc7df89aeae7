/** DuckDB in this process: records go into the `events` table, SQL comes out as rows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
// The binding itself: what wraps it takes longer to load than DuckDB, and makes an object of every value.
import duckdb, { type Connection, type Database } from '@duckdb/node-bindings';
import type { Batch } from '../../batch/batch.js';
import { COLUMNS, type Column } from '../../cloudtrail/columns.js';
import { HuntError, reasonOf } from '../../errors.js';
import type { Engine, Row } from '../engine.js';
import { EventTables } from './event-tables.js';
import { readTexts } from './read-texts.js';

/** How much DuckDB may hold in memory, in MB, before it writes to disk; and at most, for what it cannot write. */
const MEMORY = 64;
const MOST_MEMORY = 64 * 1024;
/**
 * Into how many parts a table is cut that is too large for a query, and each of them again while it has more text than so
 * many bytes: what a query holds whatever the table, of many rules, say, no cut makes less.
 */
const PARTS = 4;
const WORTH_PARTS = 16 * 1024 * 1024;

export class DuckdbEngine implements Engine {
  private readonly database: Database;
  private readonly connection: Connection;
  private readonly tables: EventTables;
  private readonly scratch: string;
  private readonly signal: AbortSignal | undefined;
  private memory = MEMORY;
  private readonly interrupt = (): void => duckdb.interrupt(this.connection);

  private constructor(
    database: Database,
    connection: Connection,
    tables: EventTables,
    scratch: string,
    signal: AbortSignal | undefined,
  ) {
    this.database = database;
    this.connection = connection;
    this.tables = tables;
    this.scratch = scratch;
    this.signal = signal;
    signal?.addEventListener('abort', this.interrupt);
  }

  /**
   * An empty `events` table in memory, with these of AWS's columns, by default all (see `localColumns`); what does not
   * fit spills into a folder that `close` removes.
   */
  static async open(
    asked: readonly Column[] = COLUMNS,
    signal?: AbortSignal,
  ): Promise<DuckdbEngine> {
    const scratch = await mkdtemp(join(tmpdir(), 'hunt-'));
    const config = duckdb.create_config();
    duckdb.set_config(config, 'temp_directory', scratch);
    duckdb.set_config(config, 'memory_limit', `${MEMORY}MB`);
    // What it gave up goes back to the system early: for DuckDB it is free, for the process it is not.
    duckdb.set_config(config, 'allocator_bulk_deallocation_flush_threshold', '4MB');
    duckdb.set_config(config, 'autoinstall_known_extensions', 'false');
    duckdb.set_config(config, 'autoload_known_extensions', 'false');
    const database = await duckdb.open(':memory:', config);
    const connection = await duckdb.connect(database);
    await duckdb.query(connection, "SET TimeZone = 'UTC'");
    await duckdb.query(connection, 'SET enable_external_access = false');
    const tables = await EventTables.create(connection, asked);
    return new DuckdbEngine(database, connection, tables, scratch, signal);
  }

  /** Appends batches of the table's columns, as they come. */
  load(batches: AsyncIterable<Batch> | Iterable<Batch>): Promise<void> {
    return this.tables.load(batches, async (bytes) => {
      const needed = Math.ceil(bytes / 2 ** 20);
      if (needed > this.memory) await this.allow(needed);
    });
  }

  /**
   * The rows of a statement about events, which `sqlOf` makes of what is to stand for the table: of all of it, or, where
   * DuckDB could not hold what it gathers, of one part after the other. Records of one event are in one part.
   */
  rowsInParts(sqlOf: (table: string) => string, parts = 1, part = 0): AsyncIterable<Row> {
    const sql = sqlOf(this.tables.relation(parts, part));
    return this.rowsOr(sql, (failure) =>
      this.tables.size / parts > WORTH_PARTS
        ? this.rowsInSmaller(sqlOf, parts, part)
        : this.withMore(sql, failure),
    );
  }

  private async *rowsInSmaller(
    sqlOf: (table: string) => string,
    parts: number,
    part: number,
  ): AsyncGenerator<Row> {
    for (let nth = 0; nth < PARTS; nth++)
      yield* this.rowsInParts(sqlOf, PARTS * parts, part + nth * parts);
  }

  rows(sql: string): AsyncIterable<Row> {
    return this.rowsOr(sql, (failure) => this.withMore(sql, failure));
  }

  /** Not all that a query holds can be written to disk: a large answer is worth more memory than no answer. */
  private async withMore(sql: string, failure: HuntError): Promise<AsyncIterable<Row>> {
    await this.allowMore(failure);
    return this.rows(sql);
  }

  /** What `run` gives; where DuckDB runs out of memory after its first rows, all of it once more with twice as much. */
  async withMemory<T>(run: () => Promise<T>): Promise<T> {
    for (;;)
      try {
        return await run();
      } catch (error) {
        await this.allowMore(error);
      }
  }

  /** The rows of a statement; where DuckDB runs out of memory before the first one, what `otherwise` gives. */
  private async *rowsOr(
    sql: string,
    otherwise: (failure: HuntError) => AsyncIterable<Row> | Promise<AsyncIterable<Row>>,
  ): AsyncGenerator<Row> {
    let hasBegun = false;
    try {
      for await (const rows of this.chunks(sql)) {
        hasBegun = true;
        yield* rows;
      }
    } catch (error) {
      const failure = this.failure(error);
      if (hasBegun || !isOutOfMemory(failure)) throw failure;
      yield* await otherwise(failure);
    }
  }

  /** Lets DuckDB hold twice as much, where that is why something failed and it may still grow; else throws the error. */
  private async allowMore(error: unknown): Promise<void> {
    if (this.memory >= MOST_MEMORY || !isOutOfMemory(error)) throw error;
    await this.allow(2 * this.memory);
  }

  /** Lets DuckDB hold so many MB in memory. */
  private async allow(memory: number): Promise<void> {
    await duckdb.query(this.connection, `SET memory_limit = '${memory}MB'`);
    this.memory = memory;
  }

  private failure(cause: unknown): HuntError {
    return this.signal?.aborted
      ? new HuntError('INTERRUPTED', 'interrupted', { cause })
      : new HuntError('ENGINE', `DuckDB could not run the query: ${reasonOf(cause)}`, { cause });
  }

  private async *chunks(sql: string): AsyncGenerator<readonly Row[]> {
    const statement = await duckdb.prepare(this.connection, sql);
    const result = await duckdb
      .execute_prepared_streaming(statement)
      .finally(() => duckdb.destroy_prepare_sync(statement));
    const columns = Array.from({ length: duckdb.column_count(result) }, (_, index) => index);
    const names = columns.map((index) => duckdb.column_name(result, index));
    const types = columns.map((index) => duckdb.column_type(result, index));
    let coming = duckdb.fetch_chunk(result);
    try {
      for (;;) {
        const chunk = await coming;
        const size = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
        if (chunk === null || size === 0) return;
        // DuckDB works on the next one while these rows are taken.
        coming = duckdb.fetch_chunk(result);
        const texts = types.map((type, index) =>
          readTexts(duckdb.data_chunk_get_vector(chunk, index), type, size),
        );
        yield Array.from({ length: size }, (_, at) => toRow(names, texts, at));
      }
    } finally {
      // Whoever takes no more may close the connection: not under a call's feet.
      await coming.catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.interrupt);
    duckdb.disconnect_sync(this.connection);
    duckdb.close_sync(this.database);
    await rm(this.scratch, { recursive: true, force: true });
  }
}

function isOutOfMemory(error: unknown): boolean {
  return reasonOf(error).includes('Out of Memory');
}

function toRow(
  names: readonly string[],
  texts: readonly (readonly (string | null)[])[],
  at: number,
): Row {
  const row: Record<string, string | null> = {};
  for (let index = 0; index < names.length; index++)
    row[names[index] ?? ''] = texts[index]?.[at] ?? null;
  return row;
}
