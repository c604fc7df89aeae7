/**
 * How a query that did not succeed ends, in Athena's own words.
 * Source of the numbers: https://docs.aws.amazon.com/athena/latest/ug/error-reference.html
 */
import type { AthenaError } from '@aws-sdk/client-athena';

export type Failure = (
  | { readonly state: 'FAILED'; readonly reason: string; readonly error: AthenaError }
  | { readonly state: 'CANCELLED'; readonly reason: string }
) & { readonly bytesScanned?: number };

const SYSTEM = 1;
const USER = 2;
const OTHER = 3;

interface Kind {
  readonly category: number;
  readonly type: number;
  readonly retryable: boolean;
}

const KINDS: Readonly<Record<string, Kind>> = {
  EXHAUSTED_RESOURCES: { category: SYSTEM, type: 0, retryable: true },
  INTERNAL_ERROR: { category: SYSTEM, type: 100, retryable: true },
  GENERIC_INTERNAL_ERROR: { category: SYSTEM, type: 200, retryable: true },
  QUERY_TIMEOUT: { category: SYSTEM, type: 206, retryable: false },
  HIVE_METASTORE_ERROR: { category: SYSTEM, type: 204, retryable: true },
  HIVE_BAD_DATA: { category: USER, type: 1001, retryable: false },
  HIVE_CURSOR_ERROR: { category: USER, type: 1001, retryable: false },
  HIVE_CANNOT_OPEN_SPLIT: { category: OTHER, type: 1302, retryable: false },
  SCHEMA_NOT_FOUND: { category: USER, type: 1301, retryable: false },
  CATALOG_NOT_FOUND: { category: USER, type: 1301, retryable: false },
  TABLE_NOT_FOUND: { category: USER, type: 1110, retryable: false },
  FUNCTION_NOT_FOUND: { category: USER, type: 1303, retryable: false },
  SYNTAX_ERROR: { category: USER, type: 1006, retryable: false },
  SLOW_DOWN: { category: OTHER, type: 1403, retryable: true },
  PERMISSION_DENIED: { category: USER, type: 1500, retryable: false },
};
const ANY_OTHER: Kind = { category: USER, type: 1000, retryable: false };

/** Reasons that Athena writes without the error's name before them. */
const BARE = new Set(['EXHAUSTED_RESOURCES', 'QUERY_TIMEOUT']);

export interface FailureDetails {
  /** The default is that of the error's name. */
  readonly retryable?: boolean;
  /** The bytes scanned before it ended. */
  readonly bytesScanned?: number;
}

/** A FAILED query, from an error's name as Trino has it and its message. */
export function failed(name: string, message: string, details: FailureDetails = {}): Failure {
  const kind = KINDS[name] ?? ANY_OTHER;
  const reason = BARE.has(name) ? message : `${name}: ${message}`;
  const error = {
    ErrorCategory: kind.category,
    ErrorType: kind.type,
    Retryable: details.retryable ?? kind.retryable,
    ErrorMessage: reason,
  };
  return { state: 'FAILED', reason, error, bytesScanned: details.bytesScanned ?? 0 };
}

/** A FAILED query, from whatever an executor threw. */
export function failedBy(error: unknown): Failure {
  if (!(error instanceof Error)) return failed('GENERIC_INTERNAL_ERROR', String(error));
  const name = /^[A-Z][A-Z_]+$/.test(error.name) ? error.name : 'GENERIC_INTERNAL_ERROR';
  return failed(name, error.message);
}

export const STOPPED: Failure = { state: 'CANCELLED', reason: 'Query cancelled by user' };

export const OVER_LIMIT: Failure = {
  state: 'CANCELLED',
  reason: 'Query cancelled! : Bytes scanned limit was exceeded',
};
