/**
 * CloudTrail in Parquet, as Glue, Athena's CTAS and DuckDB's COPY write it: each row as the JSON of an event, so that it
 * is recognised, counted and filtered like any line of a log. A DuckDB of its own opens this one file and nothing else.
 */
import { dirname, resolve, sep } from 'node:path';
import { DuckDBInstance, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { asciiLower, COLUMNS } from '../../cloudtrail/columns.js';
import type { ParquetContent } from '../../dump/dump.js';
import { reasonOf } from '../../errors.js';
import { literal, quoted } from '../../sql/literal.js';
import { eventJson, type FileColumn } from './event-json.js';

/** Enough for the row groups that writers make; a file that needs more is named. */
const MEMORY = '256MB';

/**
 * What a Parquet file holds; of events without one of the names only what is counted. Throws nothing of the file's;
 * reading its text may.
 */
export async function parquetContent(
  path: string,
  eventNames: ReadonlySet<string> | undefined,
  signal?: AbortSignal,
): Promise<ParquetContent> {
  const file = await openFile(path);
  try {
    const columns = await columnsOf(file);
    const other = otherContent(columns);
    const asked = isEnvelope(columns) ? undefined : eventNames;
    if (other === undefined)
      return { kind: 'text', text: rows(file, eventJson(columns, asked), signal) };
    file.close();
    return other;
  } catch (error) {
    file.close();
    return { kind: 'lost', reason: parquetReason(error) };
  }
}

interface OpenFile {
  readonly connection: DuckDBConnection;
  readonly path: string;
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
    path,
    // A folder's name must not stand in for what the file says.
    table: `read_parquet(${literal(path)}, binary_as_string = true, hive_partitioning = false)`,
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function otherContent(columns: readonly FileColumn[]): ParquetContent | undefined {
  const names = new Set(columns.map(([name]) => asciiLower(name)));
  if (names.has('class_uid') && ['metadata', 'activity_id', 'api'].some((name) => names.has(name)))
    return { kind: 'lost', reason: "Security Lake's OCSF, which is another schema" };
  const isEvent = names.has('eventname') && names.size > 1;
  return isEvent || isEnvelope(columns) ? undefined : { kind: 'other', reason: 'other Parquet' };
}

/** Whether the events stand inside a column. */
function isEnvelope(columns: readonly FileColumn[]): boolean {
  return columns.some(([name]) => ['Records', 'CloudTrailEvent', 'detail'].includes(name));
}

/** The file's columns, and those of an event that only its folders say: Athena leaves out what it partitions by. */
async function columnsOf({ connection, path, table }: OpenFile): Promise<readonly FileColumn[]> {
  const none = await connection.run(`SELECT * FROM ${table} LIMIT 0`);
  const own = none
    .columnNames()
    .map((name, index): FileColumn => [name, quoted(name), none.columnType(index)]);
  const known = new Set(own.map(([name]) => asciiLower(name)));
  return [...own, ...folderColumns(path).filter(([name]) => !known.has(name))];
}

function folderColumns(path: string): readonly FileColumn[] {
  const values = new Map(
    dirname(path)
      .split(sep)
      .flatMap((folder) => {
        const [, key = '', value = ''] = /^([^=]+)=([^%]*)$/.exec(folder) ?? [];
        const isColumn = COLUMNS.some(({ column, type }) => column === key && type.kind === 'text');
        return isColumn ? [[key, value] as const] : [];
      }),
  );
  return [...values].map(([key, value]) => [key, literal(value), VARCHAR]);
}

async function* rows(
  file: OpenFile,
  event: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const stop = (): void => file.connection.interrupt();
  signal?.addEventListener('abort', stop);
  try {
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
