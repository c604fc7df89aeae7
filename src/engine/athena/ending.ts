/** How an execution in Athena stands, and why one did not succeed. */
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Execution } from '../engine.js';
import { failureKindOf, type FailureKind } from '../failure.js';

export interface Ending {
  /** In Athena's words. */
  readonly reason: string;
  readonly failureKind: FailureKind;
  /** By somebody, and not for a limit. */
  readonly stopped: boolean;
}

/** What is said of an execution that failed or was cancelled. */
export function endingOf({ Status: status }: QueryExecution): Ending {
  const said = status?.StateChangeReason || status?.AthenaError?.ErrorMessage;
  const cancelled = status?.State === 'CANCELLED';
  const reason = said || (cancelled ? 'it was stopped' : 'it failed, and Athena does not say why');
  const failureKind = failureKindOf(reason);
  // Athena cancels too, for want of resources or beyond a limit.
  const stopped = cancelled && failureKind !== 'too large' && failureKind !== 'transient';
  const passing = status?.AthenaError?.Retryable === true && failureKind === 'unreadable';
  return { reason, failureKind: stopped ? 'fatal' : passing ? 'transient' : failureKind, stopped };
}

/** A state that is not there, or not known, is not the end. */
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
