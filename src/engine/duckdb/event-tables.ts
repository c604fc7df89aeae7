/**
 * The tables of events: a main table, and further tables for events with long texts. DuckDB reads 2,048 rows of a table at
 * once, whatever their size. If one table had all rows with long texts, these rows could exceed the memory.
 */
import duckdb, { type Appender, type Connection, type LogicalType } from '@duckdb/node-bindings';
import { localColumns, type Batch } from '../../batch/batch.js';
import type { Column } from '../../cloudtrail/field/columns.js';
import { inPartsBy } from './relation.js';
import { createEvents } from './table.js';
import { writeCells } from './write-cells.js';

const MAIN = 'events';
/** Appended rows move into the table when there are this many rows, or about this many bytes. */
const FLUSH_ROWS = 16_384;
const FLUSH_BYTES = 16 * 1024 * 1024;
/**
 * DuckDB stores a table in groups of this many rows.
 * Source: https://duckdb.org/docs/stable/guides/performance/how_to_tune_workloads
 */
const GROUP_ROWS = 122_880;
/** A batch whose rows have this many bytes on average goes into a further table. */
const LONG = 16 * 1024;
/** The bytes in each further table. Smaller tables would be more tables, and each takes time when a query is planned. */
const TABLE_BYTES = 32 * 1024 * 1024;

export class EventTables {
  readonly #connection: Connection;
  readonly #columns: readonly Column[];
  readonly #names = [MAIN];
  #size = 0;
  #rows = 0;

  private constructor(connection: Connection, columns: readonly Column[]) {
    this.#connection = connection;
    this.#columns = localColumns(columns);
  }

  /** Creates the empty main table with the given columns of AWS's table (see `localColumns`). */
  static async create(connection: Connection, columns: readonly Column[]): Promise<EventTables> {
    const tables = new EventTables(connection, columns);
    await duckdb.query(connection, createEvents(MAIN, tables.#columns));
    return tables;
  }

  /** The size of the text in all tables, in bytes. */
  get size(): number {
    return this.#size;
  }

  /** How many events all tables have. */
  get rows(): number {
    return this.#rows;
  }

  /** How many threads can read the tables at once: each of them one table, or a group of its rows. */
  get shares(): number {
    return Math.ceil(this.#rows / GROUP_ROWS) + this.#names.length - 1;
  }

  /** One of `parts` parts of all tables, as it stands in FROM; `part` counts from 0. All records of an event are in one part. */
  relation(parts: number, part: number): string {
    const all = this.#names.map((name) => `SELECT * FROM ${name}`).join(' UNION ALL ');
    const rows = this.#names.length === 1 ? MAIN : `(${all})`;
    // A record without an event ID is never a repeat, so it may be in any part.
    return inPartsBy('COALESCE(eventid, body)', rows)(parts, part);
  }

  /** Appends batches. Before each, `reserve` is called with the bytes of memory that DuckDB needs for it. */
  async load(
    batches: AsyncIterable<Batch> | Iterable<Batch>,
    reserve: (bytes: number) => Promise<void>,
  ): Promise<void> {
    const main = new TableAppender(this.#connection, MAIN);
    let further: TableAppender | undefined;
    for await (const batch of batches) {
      // DuckDB cannot write appended rows to disk before they are in the table.
      await reserve(4 * batch.size);
      this.#size += batch.size;
      this.#rows += batch.rows;
      if (batch.size < LONG * batch.rows) {
        main.add(batch);
        continue;
      }
      further ??= await this.#addTable();
      further.add(batch);
      if (further.bytes < TABLE_BYTES) continue;
      further.close();
      further = undefined;
    }
    further?.close();
    main.close();
  }

  async #addTable(): Promise<TableAppender> {
    const name = `${MAIN}_${this.#names.length}`;
    await duckdb.query(this.#connection, createEvents(name, this.#columns));
    this.#names.push(name);
    return new TableAppender(this.#connection, name);
  }
}

/** Appends batches to one table. */
class TableAppender {
  readonly #appender: Appender;
  readonly #types: readonly LogicalType[];
  /** All bytes that were appended. */
  bytes = 0;
  /** Rows and bytes that are not in the table yet. */
  #pendingRows = 0;
  #pendingBytes = 0;

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
      writeCells(duckdb.data_chunk_get_vector(chunk, index), cells);
    duckdb.append_data_chunk(this.#appender, chunk);
    this.bytes += size;
    this.#pendingRows += rows;
    this.#pendingBytes += size;
    // Pending rows stay in memory, whatever the memory limit is.
    if (this.#pendingRows < FLUSH_ROWS && this.#pendingBytes < FLUSH_BYTES) return;
    duckdb.appender_flush_sync(this.#appender);
    this.#pendingRows = 0;
    this.#pendingBytes = 0;
  }

  close(): void {
    duckdb.appender_close_sync(this.#appender);
  }
}
