/**
 * CloudTrail in Parquet, as Glue, Athena's CTAS and DuckDB's COPY write it: each row as the JSON of an event, so that it
 * is recognised, counted and filtered like any line of a log. A DuckDB of its own opens this one file and nothing else.
 */
import { resolve } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { ParquetContent } from '../../dump/dump.js';
import { reasonOf } from '../../errors.js';
import { literal, quoted } from '../../sql/literal.js';
import { eventJson, type FileColumn } from './event-json.js';

/** Enough for the row groups that writers make; a file that needs more is named. */
const MEMORY = '256MB';

/** What a Parquet file holds. Throws nothing of the file's; reading its text may. */
export async function parquetContent(path: string, signal?: AbortSignal): Promise<ParquetContent> {
  const file = await openFile(path);
  try {
    const columns = await columnsOf(file);
    const other = otherContent(columns.map(([name]) => name));
    if (other === undefined) return { kind: 'text', text: rows(file, columns, signal) };
    file.close();
    return other;
  } catch (error) {
    file.close();
    return { kind: 'lost', reason: parquetReason(error) };
  }
}

interface OpenFile {
  readonly connection: DuckDBConnection;
  readonly table: string;
  readonly close: () => void;
}

async function openFile(given: string): Promise<OpenFile> {
  const path = resolve(given);
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: MEMORY,
    threads: '1',
  });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`SET allowed_paths = [${literal(path)}]`);
  await connection.run('SET enable_external_access = false');
  return {
    connection,
    // What only the folder's name says (region=eu-west-1) is text: an account may begin with 0.
    table: `read_parquet(${literal(path)}, binary_as_string = true, hive_types_autocast = false)`,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function otherContent(columns: readonly string[]): ParquetContent | undefined {
  const names = new Set(columns.map((name) => name.toLowerCase()));
  if (names.has('class_uid') && ['metadata', 'activity_id', 'api'].some((name) => names.has(name)))
    return { kind: 'lost', reason: "Security Lake's OCSF, which is another schema" };
  const isEvent = names.has('eventname') && names.size > 1;
  const holdsEvents = columns.some((name) =>
    ['Records', 'CloudTrailEvent', 'detail'].includes(name),
  );
  return isEvent || holdsEvents ? undefined : { kind: 'other', reason: 'other Parquet' };
}

async function columnsOf({ connection, table }: OpenFile): Promise<readonly FileColumn[]> {
  const none = await connection.run(`SELECT * FROM ${table} LIMIT 0`);
  return none.columnNames().map((name, index) => [name, quoted(name), none.columnType(index)]);
}

async function* rows(
  file: OpenFile,
  columns: readonly FileColumn[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const stop = (): void => file.connection.interrupt();
  signal?.addEventListener('abort', stop);
  try {
    const event = eventJson(columns);
    const result = await file.connection.stream(`SELECT ${event} FROM ${file.table}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield Buffer.from(
        chunk
          .getColumnValues(0)
          .map((row) => `${String(row)}\n`)
          .join(''),
      );
    }
  } catch (error) {
    throw new Error(parquetReason(error), { cause: error });
  } finally {
    signal?.removeEventListener('abort', stop);
    file.close();
  }
}

function parquetReason(error: unknown): string {
  return `broken Parquet: ${reasonOf(error).split('\n', 1).join('')}`;
}
