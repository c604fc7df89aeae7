/** Whether somebody showed a second factor, where the log says so. */
import type { Json } from '../../cloudtrail/json.js';
import { memberOf, textMember } from '../request/request.js';

/** What an event says of a sign-in and of its session. */
interface SignIn {
  readonly eventName: string | null;
  readonly userIdentity: Json;
  readonly additionalEventData?: Json;
}

/**
 * Undefined where the log does not say. `flag` is `mfaAuthenticated`: in the session of a role, false says nothing, because people show
 * MFA to whoever signed them in, and programs have none.
 */
export function mfaOf(event: SignIn, flag: boolean | undefined): boolean | undefined {
  if (flag === true || (flag === false && !isTemporary(event.userIdentity))) return flag;
  return signInMfa(event);
}

/** A sign-in to the console has no session yet that would say it. `No` says nothing of a session. */
export function signInMfa({
  eventName,
  userIdentity,
  additionalEventData = null,
}: SignIn): boolean | undefined {
  if (eventName !== 'ConsoleLogin') return undefined;
  const used = textMember(additionalEventData, 'MFAUsed');
  if (used === 'Yes') return true;
  const isSession =
    isTemporary(userIdentity) || memberOf(userIdentity, 'sessionContext') !== undefined;
  return used === undefined || isSession ? undefined : false;
}

const SESSIONS: ReadonlySet<string | undefined> = new Set([
  'AssumedRole',
  'FederatedUser',
  'IdentityCenterUser',
  'SAMLUser',
  'WebIdentityUser',
]);

/** By any of its signs, because an event may lack one. A user in the console has a session, too, but is signed in by AWS itself. */
function isTemporary(identity: Json): boolean {
  const issuer = memberOf(memberOf(identity, 'sessionContext') ?? null, 'sessionIssuer') ?? null;
  return (
    SESSIONS.has(textMember(identity, 'type')) ||
    /^arn:[^:]*:sts:/.test(textMember(identity, 'arn') ?? '') ||
    textMember(issuer, 'type') === 'Role'
  );
}
