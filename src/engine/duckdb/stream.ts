/** The result of a statement in DuckDB, one chunk at a time, so that a large result does not have to fit into memory. */
import duckdb, { type Connection } from '@duckdb/node-bindings';
import { readTexts } from './read-texts.js';

/** Some rows of a result, column by column: `texts[column][row]`. */
export interface TextChunk {
  readonly names: readonly string[];
  readonly rows: number;
  readonly texts: readonly (readonly (string | null)[])[];
}

/**
 * Throws DuckDB's errors, and a RangeError for a column whose type `readTexts` does not read. `signal` interrupts the statement.
 */
export async function* streamTexts(
  connection: Connection,
  sql: string,
  signal?: AbortSignal,
): AsyncGenerator<TextChunk> {
  const interrupt = (): void => duckdb.interrupt(connection);
  signal?.addEventListener('abort', interrupt);
  try {
    yield* chunks(connection, sql);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

async function* chunks(connection: Connection, sql: string): AsyncGenerator<TextChunk> {
  const statement = await duckdb.prepare(connection, sql);
  const result = await duckdb
    .execute_prepared_streaming(statement)
    .finally(() => duckdb.destroy_prepare_sync(statement));
  const columns = Array.from({ length: duckdb.column_count(result) }, (_, index) => index);
  const names = columns.map((index) => duckdb.column_name(result, index));
  const types = columns.map((index) => duckdb.column_type(result, index));
  let next = duckdb.fetch_chunk(result);
  try {
    for (;;) {
      const chunk = await next;
      const rows = chunk === null ? 0 : duckdb.data_chunk_get_size(chunk);
      if (chunk === null || rows === 0) return;
      // DuckDB computes the next chunk while the caller uses this one.
      next = duckdb.fetch_chunk(result);
      const texts = types.map((type, index) =>
        readTexts(duckdb.data_chunk_get_vector(chunk, index), type, rows),
      );
      yield { names, rows, texts };
    }
  } finally {
    // A caller that stops early may close the connection next: the pending call must end before.
    await next.catch(() => undefined);
  }
}
