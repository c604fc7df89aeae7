/** Which calls are sign-ins to the console or the portal. `queries/noise.yml` says the same (`noise-sign-ins`). */
import { ISSUING_CALLS } from '../change/actor/issued-key.js';
import type { Finding } from './finding.js';

const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);

/** Whether the call issues keys, if it succeeds. */
export function isIssuing({ eventName }: Pick<Finding, 'eventName'>): boolean {
  return ISSUING.has(eventName ?? '');
}

/** The page of sign-in also changes passwords, and who may sign in how. */
const CHANGING =
  /Password|Email|MFA|^AccountNameUpdated$|Configuration$|PermissionStatement$|^CreateTrusted/;
/** The portal of Identity Center, and its like for command lines. */
const OF_PORTAL =
  /^(?:Federate|Authenticate|Logout|CreateToken(?:WithIAM)?|RegisterClient|StartDeviceAuthorization)$/;

/** A sign-in to the console, or a step of it, such as a switch of the role. */
export function isSignIn({
  eventSource,
  eventName,
}: Pick<Finding, 'eventSource' | 'eventName'>): boolean {
  const name = eventName ?? '';
  switch (eventSource) {
    case 'signin.amazonaws.com':
      return !CHANGING.test(name) && !ISSUING.has(name);
    case 'sso.amazonaws.com':
      return OF_PORTAL.test(name);
    case 'sso-oauth.amazonaws.com':
      return true;
    default:
      return false;
  }
}
