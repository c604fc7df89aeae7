/** The calls of a report by what became of them: a refusal says what somebody wanted, and another error mostly that they hurried. */
import { ISSUING_CALLS } from '../../../change/actor/issued-key.js';
import type { CallCount, Report } from '../../report.js';

/** AWS has many codes for a missing permission: `AccessDenied`, `Client.UnauthorizedOperation`, `NotAuthorizedException`, … */
const REFUSED = /AccessDenied|Unauthori[sz]ed|NotAuthorized|Forbidden|ExplicitDeny/i;
const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);

/** Whether the call issues keys, if it succeeds. */
export function isIssuing({ eventName }: { readonly eventName: string | null }): boolean {
  return ISSUING.has(eventName ?? '');
}

interface SortedCalls {
  readonly refused: readonly CallCount[];
  readonly failed: readonly CallCount[];
  /** That succeeded. */
  readonly reads: readonly CallCount[];
}

/** Empty where calls were not counted. */
export function sortedCalls({ calls }: Pick<Report, 'calls'>): SortedCalls {
  const all = calls ?? [];
  const isRefused = ({ errorCode }: CallCount): boolean => REFUSED.test(errorCode ?? '');
  return {
    refused: all.filter(isRefused),
    failed: all.filter((call) => call.errorCode !== null && !isRefused(call)),
    // To assume a role is no read, whatever CloudTrail says.
    reads: all.filter((call) => call.errorCode === null && !call.mutating && !isIssuing(call)),
  };
}
