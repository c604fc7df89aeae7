/**
 * The calls of a report by what became of them: a refusal says what somebody wanted, a sign-in that failed may be a guess of a
 * password, and another error mostly says that they hurried. What has a line in the time line is told from there, and is no read.
 */
import type { Finding } from '../../finding.js';
import type { CallCount, Report } from '../../report.js';
import { isSignIn } from '../../sign-in.js';
import { stretch } from './span.js';

/**
 * AWS has many codes for a missing permission: `AccessDenied`, `Client.UnauthorizedOperation`, `NotAuthorizedException`,
 * `AuthorizationError`, `InsufficientPermissionsException`, …
 */
const REFUSED =
  /Access ?Denied|Unauthori[sz]ed|Not ?Authorized|Authorization ?Error|Permission ?Denied|Insufficient ?(?:Permission|Privilege)s?|Forbidden|Explicit ?Deny/i;
/** Different calls that are told apart. AWS has about 20,000, and an account uses a small part of them. */
const MOST = 10_000;

type Named = Pick<CallCount, 'eventSource' | 'eventName'>;
type Failing = Named & Pick<CallCount, 'errorCode'>;

/** Findings, counted as a report counts calls. */
export class ListedCalls {
  readonly #counts = new Map<string, number>();
  readonly #failed = new Map<string, { -readonly [K in keyof CallCount]: CallCount[K] }>();

  add(finding: Finding): void {
    const { eventSource, eventName, eventTime, outcome } = finding;
    const errorCode = finding.errorCode ?? finding.errorMessage;
    const key = keyOf({ eventSource, eventName, errorCode });
    const count = this.#counts.get(key);
    if (count !== undefined || this.#counts.size < MOST) this.#counts.set(key, (count ?? 0) + 1);
    if (outcome === 'succeeded') return;
    const known = this.#failed.get(key);
    if (known === undefined) {
      if (this.#failed.size === MOST) return;
      const call = { eventSource, eventName, mutating: true, errorCode };
      this.#failed.set(key, { ...call, events: 1, first: eventTime, last: eventTime });
      return;
    }
    known.events += 1;
    stretch(known, eventTime);
  }

  /** Those that failed. */
  failed(): readonly CallCount[] {
    return [...this.#failed.values()].toSorted(mostFirst);
  }

  /** Of all calls those that are not among them: reads. A call that is no read is always listed. */
  readsIn({ calls }: Pick<Report, 'calls'>): readonly CallCount[] {
    const all = new Map<string, number>();
    for (const call of calls ?? []) {
      const key = keyOf(call);
      all.set(key, (all.get(key) ?? 0) + call.events);
    }
    return (calls ?? []).flatMap((call) => {
      if (call.mutating) return [];
      const key = keyOf(call);
      const left = (all.get(key) ?? 0) - (this.#counts.get(key) ?? 0);
      const events = Math.min(left, call.events);
      return events > 0 ? [{ ...call, events }] : [];
    });
  }
}

export type Failure = 'refused' | 'sign-in' | 'otherwise';

/** The calls by why they failed. */
export function byFailure(
  calls: readonly CallCount[],
): Readonly<Record<Failure, readonly CallCount[]>> {
  const of = (failure: Failure): readonly CallCount[] =>
    calls.filter((call) => failureOf(call) === failure).toSorted(mostFirst);
  return { refused: of('refused'), 'sign-in': of('sign-in'), otherwise: of('otherwise') };
}

function failureOf(call: CallCount): Failure {
  if (isSignIn(call)) return 'sign-in';
  return REFUSED.test(call.errorCode ?? '') ? 'refused' : 'otherwise';
}

function keyOf({ eventSource, eventName, errorCode }: Failing): string {
  return JSON.stringify([eventSource, eventName, errorCode]);
}

function mostFirst(a: CallCount, b: CallCount): number {
  return b.events - a.events;
}
