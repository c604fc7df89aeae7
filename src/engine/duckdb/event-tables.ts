/**
 * The tables that hold the events: one, and beside it others for long texts. DuckDB reads 2,048 rows of a table at once,
 * whatever their size, and of long texts these could be more than memory holds.
 */
import duckdb, { type Appender, type Connection, type LogicalType } from '@duckdb/node-bindings';
import { localColumns, type Batch } from '../../batch/batch.js';
import type { Column } from '../../cloudtrail/columns.js';
import { createEvents } from './table.js';
import { writeCells } from './write-cells.js';

const MAIN = 'events';
/** How many rows are appended before they go into the table, and of about how many bytes. */
const FLUSH_ROWS = 16_384;
const FLUSH_BYTES = 16 * 1024 * 1024;
/** In bytes a row, on average. */
const LONG = 16 * 1024;
/** So many bytes of long texts are in one table: each takes its time to plan. */
const TABLE_BYTES = 32 * 1024 * 1024;

export class EventTables {
  readonly #connection: Connection;
  readonly #columns: readonly Column[];
  readonly #names = [MAIN];
  #size = 0;

  private constructor(connection: Connection, asked: readonly Column[]) {
    this.#connection = connection;
    this.#columns = localColumns(asked);
  }

  /** Empty ones, of these of AWS's columns (see `localColumns`). */
  static async create(connection: Connection, asked: readonly Column[]): Promise<EventTables> {
    const tables = new EventTables(connection, asked);
    await duckdb.query(connection, createEvents(MAIN, tables.#columns));
    return tables;
  }

  /** How much text is in all of them, in bytes or UTF-16 units. */
  get size(): number {
    return this.#size;
  }

  /** All of them, as they stand in FROM; or one of so many parts. Records of one event are in one part. */
  relation(parts: number, part: number): string {
    const all = this.#names.map((name) => `SELECT * FROM ${name}`).join(' UNION ALL ');
    if (parts === 1) return this.#names.length === 1 ? MAIN : `(${all})`;
    // One without an ID is like no other.
    return `(SELECT * FROM (${all}) WHERE hash(COALESCE(eventid, body)) % ${parts} = ${part})`;
  }

  /** Appends batches, as they come; `reserve` is told how many bytes DuckDB will need for one. */
  async load(
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    reserve: (bytes: number) => Promise<void>,
  ): Promise<void> {
    const main = new Appending(this.#connection, MAIN);
    let apart: Appending | undefined;
    for await (const batch of batches) {
      // Long texts cannot be written to disk before they are in the table.
      await reserve(4 * batch.size);
      this.#size += batch.size;
      if (batch.size < LONG * batch.rows) {
        main.add(batch);
        continue;
      }
      apart ??= await this.#another();
      apart.add(batch);
      if (apart.bytes < TABLE_BYTES) continue;
      apart.close();
      apart = undefined;
    }
    apart?.close();
    main.close();
  }

  async #another(): Promise<Appending> {
    const name = `${MAIN}_${this.#names.length}`;
    await duckdb.query(this.#connection, createEvents(name, this.#columns));
    this.#names.push(name);
    return new Appending(this.#connection, name);
  }
}

/** What is being appended to a table. */
class Appending {
  readonly #appender: Appender;
  readonly #types: readonly LogicalType[];
  /** How many were appended, and how many of the rows and bytes are not in the table yet. */
  bytes = 0;
  #waitingRows = 0;
  #waiting = 0;

  constructor(connection: Connection, table: string) {
    this.#appender = duckdb.appender_create(connection, null, table);
    this.#types = Array.from({ length: duckdb.appender_column_count(this.#appender) }, (_, index) =>
      duckdb.appender_column_type(this.#appender, index),
    );
  }

  add({ rows, size, columns }: Batch): void {
    const chunk = duckdb.create_data_chunk(this.#types);
    duckdb.data_chunk_set_size(chunk, rows);
    for (const [index, cells] of columns.entries())
      writeCells(duckdb.data_chunk_get_vector(chunk, index), cells, rows);
    duckdb.append_data_chunk(this.#appender, chunk);
    this.bytes += size;
    this.#waitingRows += rows;
    this.#waiting += size;
    // What is not in the table yet stays in memory, whatever the limit.
    if (this.#waitingRows < FLUSH_ROWS && this.#waiting < FLUSH_BYTES) return;
    duckdb.appender_flush_sync(this.#appender);
    this.#waitingRows = 0;
    this.#waiting = 0;
  }

  close(): void {
    duckdb.appender_close_sync(this.#appender);
  }
}
