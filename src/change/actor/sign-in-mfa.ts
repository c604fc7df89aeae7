/** Whether a sign-in to the console showed MFA. It has no session yet that would say so. */
import { memberOf, textMember } from '../request/request.js';
import type { CallEvent } from './caller.js';

/** Undefined where the log does not say. Of a role, AWS does not know: its people show MFA to whoever signed them in. */
export function signInMfa({
  eventName,
  userIdentity,
  additionalEventData = null,
}: Pick<CallEvent, 'eventName' | 'userIdentity' | 'additionalEventData'>): boolean | undefined {
  if (eventName !== 'ConsoleLogin') return undefined;
  const used = textMember(additionalEventData, 'MFAUsed');
  if (used === 'Yes') return true;
  const hasRole = memberOf(userIdentity, 'sessionContext') !== undefined;
  return used === undefined || hasRole ? undefined : false;
}
