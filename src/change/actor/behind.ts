/** Names who is behind a session, once the events that issued its key are known. */
import { isAccountId } from '../../cloudtrail/account.js';
import { shortened } from '../sentence.js';
import type { Actor, How } from './actor.js';
import type { Behind } from './name.js';
import type { CallEvent } from './caller.js';
import { isOfAws, type CarrierFact } from './carrier.js';
import { classOf, type ChangeClass } from './class.js';
import { isSessionKey, isUserKey } from './credential-id.js';
import { isOnBehalf, isService, provesIdentityCenter, type OriginFact } from './origin.js';

/** The start of a chain of keys, and where its credential comes from. */
export interface ChainStart extends Behind {
  readonly from: OriginFact;
  /** Whether a service issued the first key that gives keys to people too. */
  readonly isForPeople: boolean;
}

const LONGEST = 2048;

/** The longest that a session of a role lasts, and one of a user, in hours. */
const ROLE_HOURS = 12;
export const USER_HOURS = 36;

/** A key to follow, and how many hours before its use it may have been issued. */
export interface KeyToFollow {
  readonly key: string;
  readonly hours: number;
}

/** The key to follow: the event that issued it says who is behind the actor. Undefined where the event itself says so. */
export function keyToFollow(
  { actor, how }: Meaning,
  { userIdentity }: Pick<CallEvent, 'userIdentity'>,
): KeyToFollow | undefined {
  const { accessKey, origin } = actor;
  // A user's own key says who the user is.
  if (accessKey === null || !isSessionKey(accessKey)) return undefined;
  switch (origin) {
    case 'assumed role':
    // The event that issued the key names the repository, or what else the CI system says of the run.
    case 'pipeline':
      return { key: accessKey, hours: ROLE_HOURS };
    case 'console person':
    case 'sso person':
      return provesIdentityCenter(userIdentity)
        ? undefined
        : { key: accessKey, hours: hoursOf(actor) };
    // Whoever assumes a role may name any person as its source identity.
    case 'named person':
      return isOnBehalf(userIdentity) ? undefined : { key: accessKey, hours: hoursOf(actor) };
    // AssumeRoot issues keys of a root user.
    case 'root':
      return { key: accessKey, hours: hoursOf(actor) };
    case 'user session':
    case 'another account':
    case 'unknown':
      return { key: accessKey, hours: USER_HOURS };
    case 'workload':
      // Whoever assumes a role may name the session like an instance.
      return how.confidence.origin === 'A' ? undefined : { key: accessKey, hours: ROLE_HOURS };
    case 'service':
    case 'service-linked role':
    case 'long-lived key':
      return undefined;
    default:
      return origin satisfies never;
  }
}

/** The long-lived key of a user. The event that issued it says who made the key; the actor is the user all the same. */
export function keyOfUser({ actor: { accessKey, origin } }: Meaning): KeyToFollow | undefined {
  return origin === 'long-lived key' && accessKey !== null && isUserKey(accessKey)
    ? { key: accessKey, hours: USER_HOURS }
    : undefined;
}

function hoursOf({ role }: Actor): number {
  return role === null ? USER_HOURS : ROLE_HOURS;
}

interface Meaning {
  readonly actor: Actor;
  readonly how: How;
}

/** Whether a chain that starts so says more of an actor than the event of the actor does. */
function saysMore({ origin }: Pick<Actor, 'origin'>, { name, from }: ChainStart): boolean {
  if (origin === 'workload' && isService(from.origin)) return false;
  // For a session of IAM Roles Anywhere, AWS writes only the account, which names nobody.
  return name !== 'unknown' && !(from.origin === 'unknown' && isAccountId(name));
}

/** The class of a change that was made with a key, by the credential that the chain of its keys starts with. */
function classBehind({ from, isForPeople }: ChainStart, carried: CarrierFact): ChangeClass {
  if (!isService(from.origin) || isSentByAws(carried)) return classOf(from, carried);
  // A service gives its key to code that runs in it: to a function, a container, a build. Its own calls have its name.
  return isForPeople ? 'unknown' : classOf({ origin: 'workload', confidence: 'A' }, carried);
}

function isSentByAws({ carrier, confidence }: CarrierFact): boolean {
  return confidence === 'A' && isOfAws(carrier);
}

/** Whether only the events that issued the key say that no person made a change. So no exclusion of a rule can hide it. */
export function isNobodyByKey({ actor, how }: Meaning): boolean {
  if (actor.behind === null || actor.origin === 'pipeline') return false;
  return how.class === 'automation' || (how.class === 'service' && how.carrier !== 'service');
}

/** `user/ann as role/Admin`; and whom the session names, where that is somebody else: `user/ann as role/Admin (named dana)`. */
function nameWith({ name, role }: Actor, start: ChainStart): string {
  if (start.name === name) return name;
  // The session may be named like the person.
  if (start.isForPeople) return shortened(`${start.name} as ${name}`, LONGEST);
  const own = role === null ? name : `role/${role}`;
  const isOther = !name.startsWith(own) && start.name !== `user/${name}`;
  if (start.name === own && !isOther) return own;
  return shortened(`${start.name} as ${own}${isOther ? ` (named ${name})` : ''}`, LONGEST);
}

/** The actor and how, with who is behind. */
export function withBehind<T extends Meaning>(meaning: T, start: ChainStart | undefined): T {
  const { actor, how } = meaning;
  if (start === undefined || !saysMore(actor, start)) return meaning;
  const { name, principal, account, eventIDs } = start;
  const carried = { carrier: how.carrier, confidence: how.confidence.carrier };
  return {
    ...meaning,
    // The name already has who is behind, where the record says it.
    actor: {
      ...actor,
      name: actor.behind === null ? nameWith(actor, start) : actor.name,
      behind: { name, principal, account, eventIDs },
    },
    how: how.class === 'unknown' ? { ...how, class: classBehind(start, carried) } : how,
  };
}
