/** Which calls are sign-ins to the console. */
import { ISSUING_CALLS } from '../change/actor/issued-key.js';
import type { Finding } from './finding.js';

const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);

/** Whether the call issues keys, if it succeeds. */
export function isIssuing({ eventName }: Pick<Finding, 'eventName'>): boolean {
  return ISSUING.has(eventName ?? '');
}

/** A sign-in to the console, or a step of it, such as a switch of the role. */
export function isSignIn({
  eventSource,
  eventName,
}: Pick<Finding, 'eventSource' | 'eventName'>): boolean {
  return eventSource === 'signin.amazonaws.com' && !isIssuing({ eventName });
}
