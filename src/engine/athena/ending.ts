/** How an execution in Athena stands, and why one did not succeed. */
import type { QueryExecution } from '@aws-sdk/client-athena';
import type { Execution } from '../engine.js';
import { troubleOf, type Trouble } from '../failure.js';

export interface Ending {
  /** In Athena's words. */
  readonly reason: string;
  readonly trouble: Trouble;
  /** By somebody, and not for a limit. */
  readonly stopped: boolean;
}

/** What is said of an execution that failed or was cancelled. */
export function endingOf({ Status: status }: QueryExecution): Ending {
  const said = status?.StateChangeReason || status?.AthenaError?.ErrorMessage;
  const cancelled = status?.State === 'CANCELLED';
  const reason = said || (cancelled ? 'it was stopped' : 'it failed, and Athena does not say why');
  const trouble = troubleOf(reason);
  // Athena cancels too, for want of resources or beyond a limit.
  const stopped = cancelled && trouble !== 'too large' && trouble !== 'passing';
  const passing = status?.AthenaError?.Retryable === true && trouble === 'unreadable';
  return { reason, trouble: stopped ? 'fatal' : passing ? 'passing' : trouble, stopped };
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
