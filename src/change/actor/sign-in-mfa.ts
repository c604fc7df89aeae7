/** Whether a sign-in to the console showed MFA. It has no session yet that would say so. */
import type { Json } from '../../cloudtrail/json.js';
import { memberOf, textMember } from '../request/request.js';
import type { CallEvent } from './caller.js';

/** Undefined where the log does not say. `No` says nothing of a session: its people show MFA to whoever signed them in. */
export function signInMfa({
  eventName,
  userIdentity,
  additionalEventData = null,
}: Pick<CallEvent, 'eventName' | 'userIdentity' | 'additionalEventData'>): boolean | undefined {
  if (eventName !== 'ConsoleLogin') return undefined;
  const used = textMember(additionalEventData, 'MFAUsed');
  if (used === 'Yes') return true;
  return used === undefined || isSession(userIdentity) ? undefined : false;
}

const SESSIONS: ReadonlySet<string | undefined> = new Set([
  'AssumedRole',
  'FederatedUser',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
]);

/** By any of its signs: an event may lack its context, or its type. */
function isSession(identity: Json): boolean {
  return (
    SESSIONS.has(textMember(identity, 'type')) ||
    memberOf(identity, 'sessionContext') !== undefined ||
    /^arn:[^:]*:sts:/.test(textMember(identity, 'arn') ?? '')
  );
}
