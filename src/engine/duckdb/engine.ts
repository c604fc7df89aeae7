/** DuckDB in this process: records go into the `events` table, SQL comes out as rows. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { EventRecord } from '../../cloudtrail/record.js';
import { HuntError, reasonOf } from '../../errors.js';
import type { Engine, Row } from '../engine.js';
import { CREATE_EVENTS, duckdbValue, LOCAL_COLUMNS } from './table.js';

const CHUNK_ROWS = 2048;

export class DuckdbEngine implements Engine {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;
  private readonly scratch: string;
  private readonly signal: AbortSignal | undefined;
  private readonly interrupt = (): void => this.connection.interrupt();

  private constructor(
    instance: DuckDBInstance,
    connection: DuckDBConnection,
    scratch: string,
    signal: AbortSignal | undefined,
  ) {
    this.instance = instance;
    this.connection = connection;
    this.scratch = scratch;
    this.signal = signal;
    signal?.addEventListener('abort', this.interrupt);
  }

  /** An empty `events` table in memory; what does not fit spills into a folder that `close` removes. */
  static async open(signal?: AbortSignal): Promise<DuckdbEngine> {
    const scratch = await mkdtemp(join(tmpdir(), 'hunt-'));
    const instance = await DuckDBInstance.create(':memory:', {
      temp_directory: scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run('SET enable_external_access = false');
    await connection.run(CREATE_EVENTS);
    return new DuckdbEngine(instance, connection, scratch, signal);
  }

  /** Appends records to the table, batch by batch as they come. */
  async load(batches: AsyncIterable<readonly EventRecord[]>): Promise<void> {
    const appender = await this.connection.createAppender('events');
    const types = LOCAL_COLUMNS.map((column) => column.duckdb);
    for await (const batch of batches) {
      for (let start = 0; start < batch.length; start += CHUNK_ROWS) {
        const rows = batch.slice(start, start + CHUNK_ROWS);
        const chunk = DuckDBDataChunk.create(types, rows.length);
        LOCAL_COLUMNS.forEach(({ name, type }, index) => {
          chunk.setColumnValues(
            index,
            rows.map((row) => duckdbValue(type, row[name])),
          );
        });
        appender.appendDataChunk(chunk);
      }
    }
    appender.closeSync();
  }

  async *rows(sql: string): AsyncIterable<Row> {
    try {
      const result = await this.connection.stream(sql);
      const names = result.columnNames();
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        for (const values of chunk.getRows()) yield toRow(names, values);
      }
    } catch (error) {
      if (this.signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted', { cause: error });
      throw new HuntError('ENGINE', `DuckDB could not run the query: ${reasonOf(error)}`, {
        cause: error,
      });
    }
  }

  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.interrupt);
    this.connection.closeSync();
    this.instance.closeSync();
    await rm(this.scratch, { recursive: true, force: true });
  }
}

function toRow(names: readonly string[], values: readonly DuckDBValue[]): Row {
  return Object.fromEntries(
    names.map((name, index) => {
      const value = values[index] ?? null;
      return [name, value === null ? null : String(value)];
    }),
  );
}
