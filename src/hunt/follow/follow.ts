/**
 * Follows the keys of sessions up to who issued them: over several roles and accounts, until a person, a pipeline or a service.
 * Of the key of a user, also of one at the start, it finds who made it, and who was behind them.
 * How issuing events are found is left to the source: logs are read again in part, a table is asked once more.
 */
import { actorAndHow } from '../../change/actor/actor.js';
import {
  isUserKey,
  keyOfUser,
  keyToFollow,
  type ChainStart,
  type KeyToFollow,
} from '../../change/actor/behind.js';
import { keyLink, type IssuingEvent, type KeyLink } from '../../change/actor/issued-key.js';
import { makerOf, type KeyMaker, type KeyMakers } from '../../change/actor/key-maker.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { SessionKeys } from '../../findings/store.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';

/** What following keys has found. */
export interface Followed {
  /** In order of time. */
  readonly links: readonly KeyLink[];
  /** By the key of a session. */
  readonly starts: ReadonlyMap<string, ChainStart>;
  readonly makers: KeyMakers;
}

/** Whether to look for who is behind the sessions in the findings. */
export type Following = boolean | FollowingAmong;

/** In a table only among the findings themselves, which costs no further question, and among events that are known already. */
export interface FollowingAmong {
  readonly known: readonly IssuingEvent[];
}

/** Finds the events that issued these keys; events that issued others do no harm. */
export type FindIssuing = (sessions: SessionKeys) => Promise<readonly IssuingEvent[]>;

export const NOTHING_FOLLOWED: Followed = { links: [], starts: new Map(), makers: new Map() };

/** AWS allows chains of roles of any length, but nobody works with longer ones. */
const LONGEST_CHAIN = 8;

interface Step {
  readonly link: KeyLink;
  readonly by: Caller;
  /** The key with which the call was made, if that is one to follow. */
  readonly next: KeyToFollow | undefined;
}

type Caller = ReturnType<typeof actorAndHow>;

/** Follows the keys. The result does not depend on the order of what is found. */
export async function follow(sessions: SessionKeys, find: FindIssuing): Promise<Followed> {
  const { keys } = sessions;
  const steps = new Map<string, Step>();
  const asked = new Set<string>();
  let wanted = sessions;
  for (let round = 0; round < LONGEST_CHAIN && wanted.keys.size > 0; round++) {
    for (const key of wanted.keys) asked.add(key);
    for (const event of await find(wanted)) takeStep(event, wanted.keys, steps);
    wanted = furtherKeys(wanted, steps, asked);
  }
  const starts = new Map<string, ChainStart>();
  const makers = new Map<string, readonly KeyMaker[]>();
  for (const key of keys) {
    const { start, userKey } = startOf(key, steps);
    if (start !== undefined) starts.set(key, start);
    const own = makersOf(userKey, steps);
    if (own.length > 0) makers.set(key, own);
  }
  const links = [...steps.values()].map(({ link }) => link);
  return { links: links.toSorted(inOrder), starts, makers };
}

/** The keys of the sessions that issued keys. */
function furtherKeys(
  { keys }: SessionKeys,
  steps: ReadonlyMap<string, Step>,
  asked: ReadonlySet<string>,
): SessionKeys {
  const further = new Set<string>();
  let since = Infinity;
  let until = -Infinity;
  for (const key of keys) {
    const step = steps.get(key);
    const next = step?.next;
    if (step === undefined || next === undefined || asked.has(next.key)) continue;
    further.add(next.key);
    const used = step.link.eventTime === null ? NaN : Date.parse(step.link.eventTime);
    if (Number.isNaN(used)) continue;
    since = Math.min(since, used - next.hours * HOUR);
    until = Math.max(until, used);
  }
  return since > until
    ? { keys: further, since: undefined, until: undefined }
    : { keys: further, since, until };
}

/** All links, each once, in order of time. */
export function joinedLinks(...lists: readonly (readonly KeyLink[])[]): readonly KeyLink[] {
  const byText = new Map(lists.flat().map((link) => [orderKey(link), link]));
  return [...byText.values()].toSorted(inOrder);
}

/** Keeps the step of an event. An event may be in the logs of two accounts, and several times in each. */
function takeStep(
  event: IssuingEvent,
  wanted: ReadonlySet<string>,
  steps: Map<string, Step>,
): void {
  const link = keyLink(event);
  if (link === undefined || !wanted.has(link.issued.accessKey)) return;
  const by = actorAndHow(event);
  const step = { link, by, next: keyToFollow(by, event) ?? keyOfUser(by) };
  const known = steps.get(link.issued.accessKey);
  if (known === undefined || isBetter(step, known)) steps.set(link.issued.accessKey, step);
}

/** The account of the caller knows the caller; that of the role may know only the caller's account. */
function isBetter(a: Step, b: Step): boolean {
  const order =
    Number(b.by.actor.accessKey !== null) - Number(a.by.actor.accessKey !== null) ||
    Number(isOtherAccount(a)) - Number(isOtherAccount(b)) ||
    inOrder(a.link, b.link);
  return order < 0;
}

function isOtherAccount({ by }: Step): boolean {
  return by.actor.origin === 'another account';
}

interface Start {
  readonly start: ChainStart | undefined;
  /** The key of the user who is there. */
  readonly userKey: string | undefined;
}

/** The start of a chain of sessions. The key of a user is no session: whoever made it is not who acts with it. */
function startOf(key: string | undefined, steps: ReadonlyMap<string, Step>): Start {
  const eventIDs: string[] = [];
  const passed = new Set<string>();
  let last: Caller | undefined;
  let at = key;
  while (at !== undefined && !isUserKey(at) && !passed.has(at)) {
    passed.add(at);
    const step = steps.get(at);
    if (step === undefined) break;
    if (step.link.eventID !== null) eventIDs.push(step.link.eventID);
    last = step.by;
    at = step.next?.key;
  }
  const userKey = at !== undefined && isUserKey(at) ? at : undefined;
  if (last === undefined) return { start: undefined, userKey };
  const { name, principal, origin } = last.actor;
  const from = { origin, confidence: last.how.confidence.origin };
  return { start: { name, principal, from, eventIDs: eventIDs.toReversed() }, userKey };
}

/** Who made the key of a user, and the keys of users that its makers used. */
function makersOf(key: string | undefined, steps: ReadonlyMap<string, Step>): readonly KeyMaker[] {
  const makers: KeyMaker[] = [];
  const passed = new Set<string>();
  let at = key;
  while (at !== undefined && !passed.has(at)) {
    passed.add(at);
    const step = steps.get(at);
    if (step === undefined) break;
    const { start, userKey } = startOf(step.next?.key, steps);
    const maker = makerOf(step, start);
    if (maker !== undefined) makers.push(maker);
    at = userKey;
  }
  return makers;
}

function inOrder(a: KeyLink, b: KeyLink): number {
  return byCodePoint(orderKey(a), orderKey(b));
}

function orderKey({ eventTime, ...rest }: KeyLink): string {
  return `${eventTime ?? '~'} ${JSON.stringify(rest)}`;
}
