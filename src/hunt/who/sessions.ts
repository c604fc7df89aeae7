/**
 * The sessions of roles that somebody began in the console: what their calls have in common. Somebody may switch roles all day, so
 * no switch is compared with all others, or with all sessions.
 */
import {
  secondsNear,
  sessionBegun,
  sessionWithKey,
  someMayLastAt,
  type RoleSession,
  type SessionBegun,
} from '../../change/actor/console-session.js';
import type { IssuingEvent } from '../../change/actor/issued-key.js';
import { asSwitcher } from '../../change/actor/role-switch.js';
import { textMember } from '../../change/request/request.js';
import type { Followed, FollowedSession } from '../../rule/subject.js';
import { groupedBy, pushTo } from '../../memory/grouped.js';
import { secondsInOrder, type Beginnings } from '../follow/beginnings.js';

/** Each is a condition of its own. */
const MOST_ARNS = 500;
/** The values of these conditions, for an engine limits the length of a query. */
const MOST_TIMES = 3000;
const MOST_SWITCHES = 1000;

/** What was found of the sessions that they have in the console. */
type Found = Pick<Followed, 'sessions' | 'switchIDs'>;

interface FoundOrCut extends Found {
  /** Whether some are left out. Those that were begun first are followed. */
  readonly isCut: boolean;
}

/** A switch from a session to another role. */
interface Switch {
  readonly session: SessionBegun;
  readonly from: string | undefined;
  readonly eventID: string | null;
}

/** Collects sessions, each once. */
export class Begun {
  readonly #sessions = new Map<string, SessionBegun>();
  /** Of anybody, from sessions that may be theirs. */
  readonly #switches: Switch[] = [];
  /** The keys that were issued for sessions with the same names. */
  readonly #keys = new Map<string, string[]>();

  add(session: SessionBegun): void {
    this.#sessions.set(nameOf(session), session);
  }

  /** Adds the switch that an event is, if it is one: of anybody, and also one that is followed already. */
  addSwitch(event: IssuingEvent): void {
    const session = sessionBegun(event);
    const switcher = asSwitcher(event)?.userIdentity ?? null;
    if (session === undefined || switcher === null) return;
    this.#switches.push({ session, from: textMember(switcher, 'arn'), eventID: event.eventID });
  }

  /** Adds the key that an event issued to somebody, if it did. */
  addKey(event: IssuingEvent): void {
    const keyed = sessionWithKey(event);
    if (keyed !== undefined) pushTo(this.#keys, nameOf(keyed), keyed.key);
  }

  /**
   * The sessions by their ARN. The record of a call may be a second older or younger than that of the switch. `own` has the keys that
   * were issued to them.
   */
  followed(beginnings: Beginnings, own: ReadonlySet<string>): FoundOrCut {
    const { switchIDs, doubted } = this.#follow(beginnings);
    const sessions = Array.from(this.#sessions.values(), (session): FollowedSession => {
      const { arn } = session;
      const seconds = secondsOf(session);
      const shared = seconds.filter((began) => !beginnings.isOfOne({ arn, began }));
      const near = new Set(seconds.flatMap(secondsNear));
      const keys = [...near].flatMap((began) => this.#keys.get(nameOf({ arn, began })) ?? []);
      const otherKeys = keys.filter((key) => !own.has(key));
      return { arn, times: timesOf(seconds), doubted: timesOf(shared), otherKeys };
    });
    return joinedFound([
      { sessions, switchIDs },
      { sessions: doubted, switchIDs: [] },
    ]);
  }

  /**
   * Follows the switches from their sessions. A switch names a session, and not its second: others may have had one of that name, also
   * when they had none.
   */
  #follow(beginnings: Beginnings): {
    readonly switchIDs: readonly string[];
    readonly doubted: readonly FollowedSession[];
  } {
    const own = new Map(
      Array.from(
        groupedBy(this.#sessions.values(), ({ arn }) => arn),
        ([arn, sessions]) => [arn, secondsInOrder(sessions)],
      ),
    );
    const switchIDs: string[] = [];
    const doubted: SessionBegun[] = [];
    for (const { session, from, eventID } of this.#switches) {
      if (from === undefined || !someMayLastAt(own.get(from) ?? [], session.began)) continue;
      if (eventID !== null && beginnings.isOfOneAt(from, session.began)) {
        switchIDs.push(eventID);
        this.add(session);
      } else doubted.push(session);
    }
    return {
      switchIDs,
      doubted: doubted.flatMap((session) => {
        const seconds = secondsOf(session);
        // Another event may say for sure whose session it is.
        const isSure = seconds.some((began) => this.#has({ arn: session.arn, began }));
        const times = timesOf(seconds);
        return isSure ? [] : [{ arn: session.arn, times, doubted: times, otherKeys: [] }];
      }),
    };
  }

  #has(session: RoleSession): boolean {
    return this.#sessions.has(nameOf(session));
  }
}

function nameOf({ arn, began }: RoleSession): string {
  return `${began} ${arn}`;
}

/** The seconds that the calls of a session may have. */
function secondsOf({ began, isExact }: SessionBegun): readonly number[] {
  return isExact ? [began] : secondsNear(began);
}

function timesOf(seconds: readonly number[]): readonly string[] {
  return seconds.map((second) => new Date(second * 1000).toISOString().replace('.000Z', 'Z'));
}

interface Joined {
  readonly times: Set<string>;
  readonly doubted: Set<string>;
  readonly otherKeys: Set<string>;
}

/** The first sessions and switches of all: each ARN, and each switch, once. */
export function joinedFound(found: readonly Found[]): FoundOrCut {
  const ids = [...new Set(found.flatMap(({ switchIDs }) => switchIDs))];
  const byArn = new Map<string, Joined>();
  let count = 0;
  let isCut = ids.length > MOST_SWITCHES;
  for (const { arn, times, doubted, otherKeys } of found.flatMap(({ sessions }) => sessions)) {
    const own = byArn.get(arn) ?? { times: new Set(), doubted: new Set(), otherKeys: new Set() };
    if (byArn.size < MOST_ARNS) byArn.set(arn, own);
    for (const time of times) {
      if (own.times.has(time)) continue;
      if (count === MOST_TIMES || !byArn.has(arn)) isCut = true;
      else {
        own.times.add(time);
        count += 1;
      }
    }
    for (const time of doubted) if (own.times.has(time)) own.doubted.add(time);
    for (const key of otherKeys) own.otherKeys.add(key);
  }
  const sessions = Array.from(byArn, ([arn, { times, doubted, otherKeys }]) => ({
    arn,
    times: [...times].toSorted(),
    doubted: [...doubted].toSorted(),
    otherKeys: [...otherKeys].toSorted(),
  }));
  return { sessions, switchIDs: ids.slice(0, MOST_SWITCHES), isCut };
}

/** Whether some sessions, doubts about them, or switches are not among those before. */
export function hasFurther(found: Found, before: Found): boolean {
  const switches = new Set(before.switchIDs);
  const known = new Map(before.sessions.map((session) => [session.arn, textsOf(session)]));
  return (
    found.switchIDs.some((id) => !switches.has(id)) ||
    found.sessions.some((session) => {
      const own = known.get(session.arn);
      return [...textsOf(session)].some((text) => own?.has(text) !== true);
    })
  );
}

/** All that is said of a session. */
function textsOf({ times, doubted, otherKeys }: FollowedSession): ReadonlySet<string> {
  return new Set([...times, ...doubted.map((time) => `doubted ${time}`), ...otherKeys]);
}
