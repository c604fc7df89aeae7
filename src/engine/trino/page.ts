/**
 * Reads a page of Trino's protocol, JSON: some rows of a query, its progress, and the address of the next page.
 * Source: https://trino.io/docs/current/develop/client-protocol.html
 */
import { isObject, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { parseKeepingNumbers } from '../../cloudtrail/numbers.js';
import type { Row } from '../engine.js';
import { TrinoFailure } from './failure.js';

export interface TrinoProgress {
  /** Trino's ID of the query. */
  readonly id: string;
  /** QUEUED, PLANNING, STARTING, RUNNING, FINISHING, FINISHED, …. */
  readonly state: string;
  /** Bytes read from the storage so far. */
  readonly bytes: number;
  /** Rows read so far. */
  readonly rows: number;
  readonly splits: number;
  /** It may grow while the query runs. */
  readonly totalSplits: number;
  /** The time since Trino received the query. */
  readonly milliseconds: number;
}

export interface Page {
  readonly progress: TrinoProgress;
  readonly rows: readonly Row[];
  /** The address of the next page; undefined after the last. */
  readonly next: string | undefined;
  readonly failure: TrinoFailure | undefined;
}

/** The page in a body; undefined if the body is not a page. */
export function readPage(body: string): Page | undefined {
  const answer = readObject(body);
  if (answer === undefined || !isObject(answer['stats'])) return undefined;
  const id = text(answer['id']);
  const error = answer['error'];
  return {
    progress: progressOf(id, answer['stats']),
    rows: rowsOf(answer),
    next: typeof answer['nextUri'] === 'string' ? answer['nextUri'] : undefined,
    failure: isObject(error)
      ? new TrinoFailure({
          queryId: id,
          errorName: text(error['errorName']),
          errorType: text(error['errorType']),
          reason: text(error['message']),
        })
      : undefined,
  };
}

function readObject(body: string): JsonObject | undefined {
  try {
    const json = parseKeepingNumbers(body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function progressOf(id: string, stats: JsonObject): TrinoProgress {
  const count = (name: string): number => Number(stats[name] ?? 0);
  return {
    id,
    state: text(stats['state']),
    bytes: count('physicalInputBytes'),
    rows: count('processedRows'),
    splits: count('completedSplits'),
    totalSplits: count('totalSplits'),
    milliseconds: count('elapsedTimeMillis'),
  };
}

function rowsOf(answer: JsonObject): readonly Row[] {
  const names = list(answer['columns']).map((column) =>
    isObject(column) ? text(column['name']) : '',
  );
  return list(answer['data']).map((row) => {
    const values = list(row);
    return Object.fromEntries(names.map((name, index) => [name, textOrNull(values[index])]));
  });
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function text(value: Json | undefined): string {
  return textOrNull(value) ?? '';
}

function textOrNull(value: Json | undefined): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
