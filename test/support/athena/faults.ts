/** The faults that a test can inject into calls. */
import type { QueryExecutionState } from '@aws-sdk/client-athena';
import { failed, type Failure, type FailureDetails } from './failure.js';
import { AwsError, type Input } from './protocol.js';

/** A call that has arrived and is not yet handled. */
export interface FaultCall {
  readonly operation: string;
  readonly input: Input;
  /** Counts the calls of this operation from 1. */
  readonly count: number;
  /** The state that the last poll of the call's execution saw. */
  readonly state: QueryExecutionState | undefined;
}

/** With `after`, the call takes effect and only its answer is lost. */
export type Fault =
  | { readonly kind: 'answer'; readonly error: AwsError; readonly after: boolean }
  | { readonly kind: 'reset'; readonly after: boolean }
  /** For StartQueryExecution: the query is not run, and ends like this. */
  | { readonly kind: 'outcome'; readonly failure: Failure }
  | { readonly kind: 'delay'; readonly milliseconds: number }
  /** What a proxy may answer in Athena's place. With `cut`, the connection breaks before the end of the body. */
  | {
      readonly kind: 'proxy';
      readonly status: number;
      readonly type: string;
      readonly body: string;
      readonly cut: boolean;
    };

export type Faults = (call: FaultCall) => Fault | undefined;

function answer(name: string, message: string, more: Partial<AwsError> = {}): Fault {
  return { kind: 'answer', error: new AwsError(name, message, more), after: false };
}

export const THROTTLED: Fault = answer('ThrottlingException', 'Rate exceeded');

export const TOO_MANY_QUERIES: Fault = answer(
  'TooManyRequestsException',
  'You have exceeded the limit for the number of queries you can run concurrently.',
  { fields: { Reason: 'CONCURRENT_QUERY_LIMIT_EXCEEDED' } },
);

export const INTERNAL_ERROR: Fault = answer('InternalServerException', 'Internal server error', {
  status: 500,
});

export const SLOW_DOWN: Fault = answer('SlowDown', 'Please reduce your request rate.', {
  status: 503,
});

export const EXPIRED_TOKEN: Fault = answer(
  'ExpiredTokenException',
  'The security token included in the request is expired',
);

/** The caller may not do this: `athena:StartQueryExecution`. */
export function accessDenied(action: string): Fault {
  return answer(
    'AccessDeniedException',
    `User: arn:aws:iam::112233445566:user/dana is not authorized to perform: ${action}`,
  );
}

/** Athena refuses text that it cannot parse before there is an execution. */
export function malformedQuery(message: string): Fault {
  return answer('InvalidRequestException', message, {
    fields: { AthenaErrorCode: 'MALFORMED_QUERY' },
  });
}

/** The connection breaks before the call was handled. */
export const RESET_BEFORE: Fault = { kind: 'reset', after: false };

/** The connection breaks after the call took effect. */
export const RESET_AFTER: Fault = { kind: 'reset', after: true };

/** The call takes effect, and its answer is HTTP 500. */
export const INTERNAL_ERROR_AFTER: Fault = {
  kind: 'answer',
  error: new AwsError('InternalServerException', 'Internal server error', { status: 500 }),
  after: true,
};

/** The query fails with this error. */
export function queryFails(name: string, message: string, details?: FailureDetails): Fault {
  return { kind: 'outcome', failure: failed(name, message, details) };
}

export const EXHAUSTED: Fault = queryFails(
  'EXHAUSTED_RESOURCES',
  'Query exhausted resources at this scale factor',
);

export const TIMED_OUT: Fault = queryFails('QUERY_TIMEOUT', 'Query timeout');

/** A person, or Athena, cancels the query. */
export function queryCancelled(reason: string): Fault {
  return { kind: 'outcome', failure: { state: 'CANCELLED', reason } };
}

/** A page of HTML, such as that of a login or of an error. */
export function html(status: number): Fault {
  const body = `<!DOCTYPE html><html><head><title>HTTP ${status}</title></head></html>`;
  return { kind: 'proxy', status, type: 'text/html', body, cut: false };
}

/** JSON that Athena would not answer. */
export function json(body: unknown): Fault {
  const type = 'application/x-amz-json-1.1';
  return { kind: 'proxy', status: 200, type, body: JSON.stringify(body), cut: false };
}

/** JSON that ends too early; with `cut`, the connection breaks there. */
export function torn(cut: boolean): Fault {
  const type = 'application/x-amz-json-1.1';
  return { kind: 'proxy', status: 200, type, body: '{"QueryExecution":{"Status":{"Sta', cut };
}

/** The call waits and is then handled normally. */
export function delayed(milliseconds: number): Fault {
  return { kind: 'delay', milliseconds };
}
