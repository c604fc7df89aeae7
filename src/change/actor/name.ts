/** The name by which people know an actor. */
import { isAccountId } from '../../cloudtrail/account.js';
import { PORTALS, USERS_OF_SERVICES } from '../../cloudtrail/principal.js';
import { serviceName } from '../../cloudtrail/service-call.js';
import { textMember } from '../request/request.js';
import type { Caller } from './caller.js';
import { isIdentityCenter, type Origin } from './origin.js';
import { isMadeUp } from './session-name.js';

/** The start of a chain of keys, each issued with the one before. */
export interface Behind {
  readonly name: string;
  readonly principal: string | null;
  /** The account of a principal of another account, of whom the logs have no more than an ID; null of everybody else. */
  readonly account: string | null;
  /** The events that issued the keys, from the first of the chain on. None where the record of the session says it alone. */
  readonly eventIDs: readonly string[];
}

/** `user/ann`, `ann@example.com`, `root`, `role/Admin (session ann)`, `ann (quicksight)`, `rds.amazonaws.com`; `unknown` where nothing names it. */
export function nameOf(caller: Caller, origin: Origin): string {
  const { type, event, session, userName, onBehalfOf, signInName } = caller;
  switch (origin) {
    case 'root':
      return 'root';
    case 'service':
      // A failed sign-in has no identity: what somebody typed as the name is all that is known.
      return caller.invokedBy ?? signInName ?? event.eventSource ?? 'AWS';
    case 'sso person':
      return session ?? userName ?? signInName ?? onBehalfOf ?? principalName(caller);
    case 'named person':
      return personOf(caller) ?? principalName(caller);
    case 'console person':
      return isIdentityCenter(caller) && session !== undefined
        ? session
        : (sessionPerson(caller) ?? principalName(caller));
    case 'service-linked role':
    case 'pipeline':
    case 'workload':
    case 'long-lived key':
    case 'user session':
    case 'assumed role':
    case 'unknown':
      return type === 'WebIdentityUser' && userName !== undefined
        ? userName
        : principalName(caller);
    case 'another account':
      return foreignName(caller);
    default:
      return origin satisfies never;
  }
}

/** `account 444455556666 (AIDA…)`: AWS writes of a principal of another account only its account and an ID, which says nothing by itself. */
function foreignName(caller: Caller): string {
  const account = foreignAccountOf(caller);
  if (account === undefined || caller.arn !== undefined) return principalName(caller);
  const id = textMember(caller.event.userIdentity, 'principalId');
  return id === undefined || id === account ? `account ${account}` : `account ${account} (${id})`;
}

/** The account of a principal of another account, of whom the log has no ARN. Whoever did not sign in has none. */
export function foreignAccountOf({ type, arn, event }: Caller): string | undefined {
  const account = textMember(event.userIdentity, 'accountId') ?? '';
  return type === 'AWSAccount' && arn === undefined && isAccountId(account) ? account : undefined;
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

/** The person whom a record names; undefined where only whoever began the session named it. */
function personOf(caller: Caller): string | undefined {
  const { userName, signInName, onBehalfOf } = caller;
  const own = roleOf(caller) === undefined ? (userName ?? signInName ?? onBehalfOf) : undefined;
  return sessionPerson(caller) ?? own;
}

/** The person for whom a session acts. AWS says on whose behalf; the other names are those that whoever began the session chose. */
function sessionPerson(caller: Caller): string | undefined {
  const { sourceIdentity, onBehalfOf } = caller;
  if (onBehalfOf === undefined || roleOf(caller) === undefined) return sourceIdentity;
  const named = sourceIdentity ?? chosenSession(caller);
  return named === undefined || named === onBehalfOf
    ? onBehalfOf
    : `${onBehalfOf} (named ${named})`;
}

/** The outside company that made the call. Somebody in the account gave it access for a time, and AWS writes its account into the record. */
export function delegateOf({ delegate }: Caller): Behind | undefined {
  if (delegate === undefined) return undefined;
  return {
    name: `account ${delegate} (delegated)`,
    principal: null,
    account: delegate,
    eventIDs: [],
  };
}

/** Who asked for the session of a federated user: AWS says it in the record. */
export function federatedBy({ type, issuer = '' }: Caller): Behind | undefined {
  if (type !== 'FederatedUser') return undefined;
  const user = /^[^/]*:user\/(?:.*\/)?([^/]+)$/s.exec(issuer)?.[1];
  const name = user === undefined ? undefined : `user/${user}`;
  const asked = name ?? (/^[^/]*:root$/.test(issuer) ? 'root' : undefined);
  return asked === undefined
    ? undefined
    : { name: asked, principal: issuer, account: null, eventIDs: [] };
}

/** The name of a session that a person may have chosen; undefined if a program made the name. */
function chosenSession({ session }: Caller): string | undefined {
  return session === undefined || isMadeUp(session) ? undefined : session;
}

function principalName(caller: Caller): string {
  const { arn, userName, event } = caller;
  const role = roleOf(caller);
  if (role !== undefined) {
    const session = chosenSession(caller);
    return session === undefined ? `role/${role}` : `role/${role} (session ${session})`;
  }
  if (userName !== undefined) return userText(caller, userName);
  const by = federatedBy(caller);
  const own = /^arn:[^:]*:[^:]*::[^:]*:(.+)$/s.exec(arn ?? '')?.[1];
  const name =
    own ??
    arn ??
    textMember(event.userIdentity, 'principalId') ??
    textMember(event.userIdentity, 'accountId') ??
    'unknown';
  return by === undefined ? name : `${by.name} as ${name}`;
}

/** `user/ann` of IAM. `ann (quicksight)`: other services have users of their own, who may be called like one of IAM. */
function userText({ arn, type = '', event }: Caller, userName: string): string {
  const ofArn = /^arn:[^:]*:([^:]+):/.exec(arn ?? '')?.[1];
  const source = event.eventSource ?? null;
  const isPortal = ofArn === undefined ? PORTALS.includes(source ?? '') : PORTAL.has(ofArn);
  const isOther = USERS_OF_SERVICES.includes(type);
  const called = isOther && source !== null ? serviceName(source) : undefined;
  const service = ofArn ?? called ?? 'iam';
  if (service === 'iam' || service === 'sts') return `user/${userName}`;
  return isPortal ? userName : `${userName} (${service})`;
}

/** The services of the portals, as an ARN has them. */
const PORTAL: ReadonlySet<string> = new Set(PORTALS.map(serviceName));
