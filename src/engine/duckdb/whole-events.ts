/**
 * Whether a Parquet file may hold whole events in its cells, as Spark, Kafka and log stores write them. The content decides and
 * not the name of a column. It decides only whether the file is read: what is an event, the reader of logs decides.
 */
import type { Connection } from '@duckdb/node-bindings';
import { plainName } from '../../cloudtrail/spelling/names.js';
import { TRACE } from '../../dump/recognise/holds.js';
import { isEventField } from '../../dump/recognise/spelling.js';
import { literal } from '../../sql/literal.js';
import type { DuckdbType } from './duckdb-type.js';
import type { FileColumn } from './event-json.js';
import { streamTexts } from './stream.js';

/** JSON, or gzip of it, in base64. */
const PACKED = String.raw`^\s*(?:eyJ|ewo|ew0K|W3s|WyJ|Wwo|H4sI)`;
/** What the reader of logs looks for. */
const ANY_TRACE = `${TRACE.source}|${PACKED}`;
/** Beside the fields of an event, the name of its service stands in many columns. Only a whole event has this name in it. */
const WHOLE_EVENT = `event[_.]?name|${PACKED}`;

/** A file in FROM. */
export interface Cells {
  readonly connection: Connection;
  readonly table: string;
  readonly columns: readonly FileColumn[];
}

/** For a file whose columns are no fields of an event. */
export async function mayHoldEvents(cells: Cells, signal?: AbortSignal): Promise<boolean> {
  const { columns } = cells;
  return (
    columns.some(({ name, type }) => namesEvents(name, type)) || hasCell(cells, ANY_TRACE, signal)
  );
}

/** For a file whose columns are the fields of an event: whether other columns hold whole events beside them. */
export async function holdsEventsBeside(cells: Cells, signal?: AbortSignal): Promise<boolean> {
  const columns = cells.columns.filter(({ name }) => !isEventField(name));
  return (
    columns.some(({ type }) => namesEvents('', type)) ||
    hasCell({ ...cells, columns }, WHOLE_EVENT, signal)
  );
}

/** Whether a column or a member in it is named like the name of an event. */
function namesEvents(name: string, type: DuckdbType): boolean {
  if (plainName(name).endsWith('eventname')) return true;
  if (type.kind === 'list') return namesEvents('', type.of);
  return type.kind === 'struct' && type.members.some((each) => namesEvents(each.name, each.type));
}

async function hasCell(
  { connection, table, columns }: Cells,
  pattern: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const tests = columns
    .filter(({ type }) => mayHoldText(type))
    .map(({ sql }) => `regexp_matches(CAST(${sql} AS VARCHAR), ${literal(pattern)}, 'i')`);
  if (tests.length === 0) return false;
  const query = `SELECT 'x' FROM ${table} WHERE ${tests.join(' OR ')} LIMIT 1`;
  for await (const { rows } of streamTexts(connection, query, signal)) if (rows > 0) return true;
  return false;
}

function mayHoldText(type: DuckdbType): boolean {
  switch (type.kind) {
    case 'text':
    case 'json':
    case 'map':
      return true;
    case 'list':
      return mayHoldText(type.of);
    case 'struct':
      return type.members.some((each) => mayHoldText(each.type));
    case 'instant':
    case 'other':
      return false;
    default:
      return type satisfies never;
  }
}
