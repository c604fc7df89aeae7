/**
 * Sessions of roles in the console. The console calls with keys that no answer has, so that keys do not lead to whoever began the
 * session. But every call of a session has the session's ARN and the second in which it began. The event that began the session has
 * both too. Programs may share the session (`aws login`), so the program of a call does not tell whether the session began in the
 * console. A session that began elsewhere may go on in the console: then `GetSigninToken` has both.
 */
import { memberOf, textMember } from '../request/request.js';
import { outcomeOf } from '../outcome.js';
import type { Actor, How } from './actor.js';
import { keyOfUser, keyToFollow, type KeyToFollow } from './behind.js';
import { callerOf, type CallEvent } from './caller.js';
import { isSignInPage } from './carrier.js';
import { issuedKey, type IssuingEvent } from './issued-key.js';
import { isRoleSwitch } from './role-switch.js';

/** A session of a role. */
export interface RoleSession {
  readonly arn: string;
  /** The second in which it began, since 1970 UTC. */
  readonly began: number;
}

/** A session that the console uses, as the event says that brought it there. */
export interface SessionBegun extends RoleSession {
  /** Whether all calls of the session have exactly this second. Otherwise they may have one near it. */
  readonly isExact: boolean;
}

/** A session of a role that may have been begun in the console, and a key with which something called in it. */
export interface ConsoleSession extends RoleSession {
  readonly key: string;
}

/** What leads to whoever began a session. */
export interface ToFollow extends KeyToFollow {
  /** JSON of the `ConsoleSession`; null where the event does not say when the session of a role began. */
  readonly session: string | null;
}

/** How far the clocks of two services of AWS are apart, in seconds. */
const APART = 1;
/** In UTF-16 units: the longest ARN. */
const LONGEST = 2048;
const SESSION = /^[^/]*:(?:assumed-role\/[^/]+|federated-user)\/[^/]+$/;

/** The key that leads to whoever is behind the actor, or to whoever made the key of a user. Undefined where the event names that person. */
export function toFollow(
  meaning: { readonly actor: Actor; readonly how: How },
  event: Pick<CallEvent, 'userIdentity'>,
): ToFollow | undefined {
  const followed = keyToFollow(meaning, event);
  const own = followed ?? keyOfUser(meaning);
  if (own === undefined) return undefined;
  const session = followed && roleSession(event);
  return {
    ...own,
    session: session ? JSON.stringify([own.key, session.arn, session.began]) : null,
  };
}

/** A session from the text that it was kept as. Throws for any other text. */
export function readSession(text: string): ConsoleSession {
  const [key, arn, began] = JSON.parse(text) as [string, string, number];
  return { key, arn, began };
}

/** The session of a role that made a call. */
function roleSession({ userIdentity }: Pick<CallEvent, 'userIdentity'>): RoleSession | undefined {
  const context = memberOf(userIdentity, 'sessionContext') ?? null;
  const created = textMember(memberOf(context, 'attributes') ?? null, 'creationDate');
  return sessionAt(textMember(userIdentity, 'arn'), created ?? null);
}

/** The session that an event began, or brought to the console, and that the console uses; undefined if there is none. */
export function sessionBegun(event: IssuingEvent): SessionBegun | undefined {
  if (outcomeOf(event) === 'failed') return undefined;
  if (isEntry(event)) return begun(roleSession(event), true);
  if (isRoleSwitch(event))
    return begun(sessionAt(textMember(event.userIdentity, 'arn'), event.eventTime), false);
  if (!isByConsole(event)) return undefined;
  return begun(sessionAt(issuedKey(event)?.arn ?? undefined, event.eventTime), false);
}

function begun(session: RoleSession | undefined, isExact: boolean): SessionBegun | undefined {
  return session && { ...session, isExact };
}

/** Whether a session that began elsewhere goes on in the console. A session of the console itself is there already. */
export function isEntry(event: CallEvent): boolean {
  const { eventName, eventSource } = event;
  return (
    eventName === 'GetSigninToken' &&
    eventSource === 'signin.amazonaws.com' &&
    !callerOf(event).fromConsole
  );
}

/** The session that calls with the key in the answer of an event; undefined if there is none, or if the key stays with AWS. */
export function sessionWithKey(
  event: IssuingEvent,
): (RoleSession & { readonly key: string }) | undefined {
  const issued = isByConsole(event) ? undefined : issuedKey(event);
  const session = issued && sessionAt(issued.arn ?? undefined, event.eventTime);
  return issued && session && { ...session, key: issued.accessKey };
}

/** Whether a back end of AWS sent the call, so that nobody else got its answer. */
export function isByConsole({ eventName, sourceIPAddress, userIdentity }: CallEvent): boolean {
  if (eventName !== 'AssumeRole') return false;
  return isSender(sourceIPAddress ?? undefined) || isSender(textMember(userIdentity, 'invokedBy'));
}

/** What AWS writes as the sender where its page of sign-in sends the call. A user agent proves nothing: the caller chooses it. */
function isSender(name: string | undefined): boolean {
  return name === 'AWS Internal' || isSignInPage(name);
}

/** How long a session of a role lasts at most, in seconds. */
const LASTS = 12 * 3600;

/**
 * Whether one of several sessions may have begun, and still last, at a second since 1970 UTC. `seconds` has when they
 * began, in order: they are not all looked at.
 */
export function someMayLastAt(seconds: readonly number[], second: number): boolean {
  let [low, high] = [0, seconds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seconds[middle] ?? 0) < second - LASTS - APART) low = middle + 1;
    else high = middle;
  }
  const first = seconds[low];
  return first !== undefined && first - APART <= second;
}

/** The seconds that another service of AWS may write for this one, in order. */
export function secondsNear(second: number): readonly number[] {
  return Array.from({ length: 2 * APART + 1 }, (_, n) => second - APART + n);
}

function sessionAt(arn: string | undefined, time: string | null): RoleSession | undefined {
  const began = Math.floor(Date.parse(time ?? '') / 1000);
  if (arn === undefined || arn.length > LONGEST || !SESSION.test(arn)) return undefined;
  return Number.isNaN(began) ? undefined : { arn, began };
}
