/**
 * Follows the keys of sessions up to who issued them: over several roles and accounts, until a person, a pipeline or a service.
 * Of the key of a user, also of one at the start, it finds who made it, and who was behind them.
 * How issuing events are found is left to the source: logs are read again in part, a table is asked once more.
 */
import type { ChainStart } from '../../change/actor/behind.js';
import { isUserKey } from '../../change/actor/credential-id.js';
import { readSession, type ToFollow } from '../../change/actor/console-session.js';
import { issuedKey, type IssuingEvent, type KeyLink } from '../../change/actor/issued-key.js';
import { makerOf, type KeyMaker, type KeyMakers } from '../../change/actor/key-maker.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { SessionKeys } from '../../findings/store.js';
import { Beginnings } from './beginnings.js';
import { inOrder, isBetter, orderKey, stepOf, type Step } from './step.js';

/** What following keys has found. */
export interface FollowedKeys {
  /** In order of time. */
  readonly links: readonly KeyLink[];
  /** By the key of a session, or by the session if it is one of the console. */
  readonly starts: ReadonlyMap<string, ChainStart>;
  readonly makers: KeyMakers;
}

/** Whether to look for who is behind the sessions in the findings. */
export type Following = boolean | FollowingAmong;

/** Also among events that are known already; in a table only there and among the findings themselves, which costs no further question. */
export interface FollowingAmong {
  readonly known: readonly IssuingEvent[];
}

/** Finds the events that issued these keys, and those that began these sessions; other events do no harm. */
export type FindIssuing = (sessions: SessionKeys) => Promise<readonly IssuingEvent[]>;

export const NO_KEYS_FOLLOWED: FollowedKeys = { links: [], starts: new Map(), makers: new Map() };

/** AWS allows chains of roles of any length, but nobody works with longer ones. */
const LONGEST_CHAIN = 8;

type Steps = ReadonlyMap<string, Step>;
/** What leads to a step: a key, and the session of the console in which it was used. */
type Trace = Pick<ToFollow, 'key' | 'session'>;

/** Follows the keys. The result does not depend on the order of what is found. */
export async function follow(asked: SessionKeys, find: FindIssuing): Promise<FollowedKeys> {
  const steps = new Map<string, Step>();
  const beginnings = new Beginnings();
  const known = new Set<string>();
  let wanted = asked;
  const isWanted = (): boolean => wanted.keys.size + wanted.sessions.size > 0;
  for (let round = 0; round < LONGEST_CHAIN && isWanted(); round++) {
    for (const one of [...wanted.keys, ...wanted.sessions]) known.add(one);
    for (const event of await find(wanted)) {
      takeStep(event, wanted.keys, steps);
      beginnings.add(event);
    }
    takeBeginnings(wanted.sessions, beginnings, steps);
    wanted = further(wanted, steps, known);
  }
  const starts = new Map<string, ChainStart>();
  const makers = new Map<string, readonly KeyMaker[]>();
  const traces = [
    ...[...asked.keys].map((key) => ({ name: key, trace: { key, session: null } })),
    ...[...asked.sessions].map((session) => ({
      name: session,
      trace: { key: readSession(session).key, session },
    })),
  ];
  for (const { name, trace } of traces) {
    const { start, userKey } = startOf(trace, steps);
    if (start !== undefined) starts.set(name, start);
    const own = makersOf(userKey, steps);
    if (own.length > 0) makers.set(name, own);
  }
  const links = [...steps.values()].map(({ link }) => link);
  return { links: links.toSorted(inOrder), starts, makers };
}

/** What leads on from the calls that issued keys or began sessions. */
function further(
  { keys, sessions }: SessionKeys,
  steps: Steps,
  known: ReadonlySet<string>,
): SessionKeys {
  const [furtherKeys, furtherSessions] = [new Set<string>(), new Set<string>()];
  let since = Infinity;
  let until = -Infinity;
  for (const one of [...keys, ...sessions]) {
    const step = steps.get(one);
    const next = step?.next;
    if (step === undefined || next === undefined || known.has(next.key)) continue;
    furtherKeys.add(next.key);
    if (next.session !== null) furtherSessions.add(next.session);
    const used = step.link.eventTime === null ? NaN : Date.parse(step.link.eventTime);
    if (Number.isNaN(used)) continue;
    since = Math.min(since, used - next.hours * HOUR);
    until = Math.max(until, used);
  }
  const span = since > until ? { since: undefined, until: undefined } : { since, until };
  return { keys: furtherKeys, sessions: furtherSessions, ...span };
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
  const issued = issuedKey(event);
  if (issued === undefined || !wanted.has(issued.accessKey)) return;
  const step = stepOf(event, issued);
  const known = steps.get(issued.accessKey);
  if (known === undefined || isBetter(step, known)) steps.set(issued.accessKey, step);
}

/**
 * Keeps the steps to who began sessions. The console makes many keys for a session, and may begin it many times in one second: who
 * began it is found once, for it is the same for all keys but those that brought a session to the console: none is issued by its own call.
 */
function takeBeginnings(
  sessions: ReadonlySet<string>,
  beginnings: Beginnings,
  steps: Map<string, Step>,
): void {
  const known = new Map<string, Step | undefined>();
  for (const session of sessions) {
    const { key, ...of } = readSession(session);
    // The event that issued the key says more.
    if (steps.has(key)) continue;
    const name = beginnings.hasEntryWith(key) ? session : JSON.stringify(of);
    const step = known.has(name) ? known.get(name) : beginnings.stepTo({ key, ...of });
    known.set(name, step);
    if (step !== undefined) steps.set(session, withKey(step, key));
  }
}

function withKey({ link, ...step }: Step, accessKey: string): Step {
  return { ...step, link: { ...link, issued: { ...link.issued, accessKey } } };
}

interface Start {
  readonly start: ChainStart | undefined;
  /** The key of the user who is there. */
  readonly userKey: string | undefined;
}

/** The start of a chain of sessions. The key of a user is no session: whoever made it is not who acts with it. */
function startOf(trace: Trace | undefined, steps: Steps): Start {
  const eventIDs: string[] = [];
  const passed = new Set<string>();
  let last: Step | undefined;
  let at = trace;
  while (at !== undefined && !isUserKey(at.key) && !passed.has(at.key)) {
    passed.add(at.key);
    const step: Step | undefined = steps.get(at.key) ?? steps.get(at.session ?? '');
    if (step === undefined) break;
    if (step.link.eventID !== null) eventIDs.push(step.link.eventID);
    last = step;
    at = step.next;
  }
  const userKey = at !== undefined && isUserKey(at.key) ? at.key : undefined;
  if (last === undefined) return { start: undefined, userKey };
  const { name, principal, origin } = last.by.actor;
  const from = { origin, confidence: last.by.how.confidence.origin };
  const { foreignAccount: account, isForPeople } = last;
  const start = { name, principal, account, from, isForPeople, eventIDs: eventIDs.toReversed() };
  return { start, userKey };
}

/** Who made the key of a user, and the keys of users that its makers used. */
function makersOf(key: string | undefined, steps: Steps): readonly KeyMaker[] {
  const makers: KeyMaker[] = [];
  const passed = new Set<string>();
  let at = key;
  while (at !== undefined && !passed.has(at)) {
    passed.add(at);
    const step = steps.get(at);
    if (step === undefined) break;
    const { start, userKey } = startOf(step.next, steps);
    const maker = makerOf(step, start);
    if (maker !== undefined) makers.push(maker);
    at = userKey;
  }
  return makers;
}
