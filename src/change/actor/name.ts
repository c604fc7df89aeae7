/** The name by which people know an actor. */
import { textMember } from '../request/request.js';
import type { Caller } from './caller.js';
import { isIdentityCenter, type Origin } from './origin.js';

/** Names that programs give their sessions where nobody named them: the time, or a constant of an SDK. */
const NAMELESS =
  /^(?:\d{10,}|aws-go-sdk-\d+|botocore-session-\d+|aws-sdk-(?:js|java|php|ruby|net|rust)[\w-]*\d*|default_session|session|AssumeRoleSession|assume-role-session|AWSCLI-Session)$/i;

/** `user/ann`, `ann@example.com`, `root`, `role/Admin (session ann)`, `rds.amazonaws.com`; `unknown` where nothing names it. */
export function nameOf(caller: Caller, origin: Origin): string {
  const { type, event, sourceIdentity, session, userName, onBehalfOf, signInName } = caller;
  switch (origin) {
    case 'root':
      return 'root';
    case 'service':
      // A failed sign-in has no identity: what somebody typed as the name is all that is known.
      return caller.invokedBy ?? signInName ?? event.eventSource ?? 'AWS';
    case 'sso person':
      return session ?? userName ?? signInName ?? onBehalfOf ?? principalName(caller);
    case 'named person':
      return sourceIdentity ?? userOf(caller) ?? signInName ?? onBehalfOf ?? principalName(caller);
    case 'console person':
      return isIdentityCenter(caller) && session !== undefined
        ? session
        : (sourceIdentity ?? principalName(caller));
    case 'service-linked role':
    case 'pipeline':
    case 'workload':
    case 'long-lived key':
    case 'user session':
    case 'assumed role':
    case 'another account':
    case 'unknown':
      return type === 'WebIdentityUser' && userName !== undefined
        ? userName
        : principalName(caller);
    default:
      return origin satisfies never;
  }
}

/** The role's name, without its path. */
export function roleOf({
  issuer,
  arn,
  type,
  userName,
}: Pick<Caller, 'issuer' | 'arn' | 'type' | 'userName'>): string | undefined {
  return (
    /^[^/]*:role\/(?:.*\/)?([^/]+)$/s.exec(issuer ?? '')?.[1] ??
    /^[^/]*:assumed-role\/([^/]+)\//s.exec(arn ?? '')?.[1] ??
    // Without both, some exports have the name alone.
    (arn === undefined && (type === 'AssumedRole' || type === 'Role') ? userName : undefined)
  );
}

/** The name of the user, or of the session if a person chose it; undefined if a program did. */
function userOf({ session, userName }: Caller): string | undefined {
  return userName ?? (session === undefined || NAMELESS.test(session) ? undefined : session);
}

function principalName(caller: Caller): string {
  const { arn, session, userName, event } = caller;
  const role = roleOf(caller);
  if (role !== undefined)
    return session === undefined || NAMELESS.test(session)
      ? `role/${role}`
      : `role/${role} (session ${session})`;
  if (userName !== undefined) return `user/${userName}`;
  const own = /^arn:[^:]*:[^:]*::[^:]*:(.+)$/s.exec(arn ?? '')?.[1];
  return (
    own ??
    arn ??
    textMember(event.userIdentity, 'principalId') ??
    textMember(event.userIdentity, 'accountId') ??
    'unknown'
  );
}
