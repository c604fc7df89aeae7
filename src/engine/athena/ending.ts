/** The state of a query execution in Athena, and why it did not succeed. */
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Execution } from '../engine.js';
import { failureKindOf, type FailureKind } from '../failure.js';

/** How an execution ended that did not succeed. */
export interface Ending {
  /** Athena's own words. */
  readonly reason: string;
  readonly failureKind: FailureKind;
  /** Whether a person stopped it. Athena itself cancels queries too, at a limit. */
  readonly stopped: boolean;
}

/** The ending of an execution that failed or was cancelled. */
export function endingOf({ Status: status }: QueryExecution): Ending {
  const isCancelled = status?.State === 'CANCELLED';
  const reason =
    status?.StateChangeReason ||
    status?.AthenaError?.ErrorMessage ||
    (isCancelled ? 'the query was stopped' : 'the query failed, and Athena gives no reason');
  const kind = failureKindOf(reason);
  if (isCancelled && kind !== 'too large' && kind !== 'transient')
    return { reason, failureKind: 'fatal', stopped: true };
  const isRetryable = status?.AthenaError?.Retryable === true && kind === 'unreadable';
  return { reason, failureKind: isRetryable ? 'transient' : kind, stopped: false };
}

/** The state. A state that is missing or not known does not end an execution. */
export function stateOf({ Status: status }: QueryExecution): Execution['state'] {
  switch (status?.State) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'stopped';
    default:
      return 'running';
  }
}
