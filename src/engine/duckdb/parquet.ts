/**
 * CloudTrail events in Parquet files, as Glue, Athena's CTAS and DuckDB's COPY write them. Each row becomes the JSON of an
 * event, so that the reader of logs recognises, counts and filters it like a line of a log. Each file has a DuckDB of its
 * own, which may open this file only.
 */
import { dirname, resolve, sep } from 'node:path';
import duckdb, { type Connection } from '@duckdb/node-bindings';
import { asciiLower, COLUMNS } from '../../cloudtrail/field/columns.js';
import { plainName } from '../../cloudtrail/spelling/names.js';
import type { ParquetContent } from '../../dump/dump.js';
import { reasonOf } from '../../errors.js';
import { literal, quoted } from '../../sql/literal.js';
import { readDuckdbType } from './duckdb-type.js';
import { openDatabase, type OpenDatabase } from './database.js';
import { eventJson, type FileColumn } from './event-json.js';
import { ocsfColumns, type OcsfColumns } from './ocsf-columns.js';
import { streamTexts } from './stream.js';
import { holdsEventsBeside, mayHoldEvents, type Cells } from './whole-events.js';

/** Enough for the row groups that writers make. A file that needs more is reported as unreadable. */
const MEMORY = '256MB';

/** What a hunt asks of a file. */
export interface WantedEvents {
  /** The names of the events that the rules ask for. */
  readonly eventNames: ReadonlySet<string> | undefined;
  /** The fields that the rules test, with dots. */
  readonly tested: readonly string[];
}

/** Which of the tested fields the file cannot have; undefined if it may have all of them. */
function lostTests(
  { version, missing }: OcsfColumns,
  tested: readonly string[],
): string | undefined {
  const isMissing = (field: string): boolean =>
    missing.some((one) => `${asciiLower(field)}.`.startsWith(`${asciiLower(one)}.`));
  const lacking = [...new Set(tested.filter(isMissing))].toSorted();
  if (lacking.length === 0) return undefined;
  return (
    `Security Lake's OCSF ${version} does not have ${lacking.join(', ')}, so no test of it matches an event in this file: ` +
    "hunt the trail's own logs with such rules"
  );
}

/**
 * The content of a Parquet file. If an event's name is not among `eventNames`, its text has only the fields that are counted;
 * without `eventNames`, every text is complete. A file that cannot be read gives a reason; reading its text may throw.
 */
export async function parquetContent(
  path: string,
  { eventNames, tested }: WantedEvents,
  signal?: AbortSignal,
): Promise<ParquetContent> {
  const file = await openFile(path);
  try {
    const own = await columnsOf(file);
    const ocsf = ocsfColumns(own);
    if (ocsf) {
      const text = lines(file, eventJson(ocsf.columns, eventNames), signal);
      return { kind: 'text', text, missing: ocsf.missing, lost: lostTests(ocsf, tested) };
    }
    const isEvent = hasEventColumns(own);
    const other = isEvent ? undefined : await otherContent(file, own, signal);
    if (other !== undefined) {
      file.database.close();
      return other;
    }
    // What the name of a row says of an event in one of its cells is not sure.
    const isByName =
      isEvent && eventNames && !(await holdsEventsBeside(cellsOf(file, own), signal));
    const event = eventJson(own, isByName ? eventNames : undefined);
    return { kind: 'text', text: lines(file, event, signal), missing: [], lost: undefined };
  } catch (error) {
    file.database.close();
    return { kind: 'lost', reason: parquetReason(error) };
  }
}

interface OpenFile {
  readonly database: OpenDatabase;
  /** Absolute. */
  readonly path: string;
  /** The file as it stands in FROM. */
  readonly table: string;
}

async function openFile(given: string): Promise<OpenFile> {
  const path = resolve(given);
  const database = await openDatabase({ memory_limit: MEMORY, threads: '1' });
  await duckdb.query(database.connection, `SET allowed_paths = [${literal(path)}]`);
  await duckdb.query(database.connection, 'SET enable_external_access = false');
  return {
    database,
    path,
    table: readParquet(path, true),
  };
}

function readParquet(path: string, isText: boolean): string {
  // With hive_partitioning the name of a folder would replace a value in the file.
  return `read_parquet(${literal(path)}, binary_as_string = ${isText}, hive_partitioning = false)`;
}

function hasEventColumns(columns: readonly FileColumn[]): boolean {
  return columns.length > 1 && columns.some(({ name }) => plainName(name) === 'eventname');
}

/** What a file is whose columns are not those of an event; undefined if it may hold whole events. */
async function otherContent(
  file: OpenFile,
  columns: readonly FileColumn[],
  signal: AbortSignal | undefined,
): Promise<ParquetContent | undefined> {
  const names = new Set(columns.map(({ name }) => plainName(name)));
  if (names.has('classuid') && ['metadata', 'activityid', 'api'].some((name) => names.has(name)))
    return {
      kind: 'lost',
      reason: "Security Lake's OCSF, not of CloudTrail or in another version",
    };
  const isRead = await mayHoldEvents(cellsOf(file, columns), signal);
  return isRead ? undefined : { kind: 'other', reason: 'other Parquet' };
}

/** The file for a search in its cells. A column of bytes need not be text there. */
function cellsOf({ database, path }: OpenFile, columns: readonly FileColumn[]): Cells {
  return { connection: database.connection, table: readParquet(path, false), columns };
}

/** The columns of the file, and those that only the names of its folders give: Athena does not write partition keys. */
async function columnsOf({ database, path, table }: OpenFile): Promise<readonly FileColumn[]> {
  const own = await fileColumns(database.connection, table);
  const known = new Set(own.map(({ name }) => asciiLower(name)));
  return [...own, ...folderColumns(path).filter(({ name }) => !known.has(name))];
}

async function fileColumns(connection: Connection, table: string): Promise<readonly FileColumn[]> {
  const statement = await duckdb.prepare(connection, `SELECT * FROM ${table}`);
  try {
    const count = duckdb.prepared_statement_column_count(statement);
    return Array.from({ length: count }, (_, index) => {
      const name = duckdb.prepared_statement_column_name(statement, index);
      const type = duckdb.prepared_statement_column_logical_type(statement, index);
      return { name, sql: quoted(name), type: readDuckdbType(type) };
    });
  } finally {
    duckdb.destroy_prepare_sync(statement);
  }
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
  return [...values].map(([name, value]) => ({
    name,
    sql: literal(value),
    type: { kind: 'text' },
  }));
}

/** The events, one in a line. */
async function* lines(
  { database, table }: OpenFile,
  event: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const query = `SELECT ${event} FROM ${table}`;
  try {
    for await (const { texts } of streamTexts(database.connection, query, signal))
      yield Buffer.from((texts[0] ?? []).map((text) => `${text ?? 'null'}\n`).join(''));
  } catch (error) {
    throw new Error(parquetReason(error), { cause: error });
  } finally {
    database.close();
  }
}

/** The first line of DuckDB's message. */
function parquetReason(error: unknown): string {
  return `broken Parquet: ${reasonOf(error).split('\n', 1).join('')}`;
}
