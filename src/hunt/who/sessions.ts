/**
 * The sessions of roles that somebody began in the console: what their calls have in common. Somebody may switch roles all day, so
 * nothing here takes longer than the number of switches.
 */
import { secondsNear, type RoleSession } from '../../change/actor/console-session.js';
import type { FollowedSession } from '../../rule/subject.js';
import type { Beginnings } from '../follow/beginnings.js';

/** Each is a condition of its own. */
const MOST_ARNS = 500;
/** The values of these conditions, for an engine limits the length of a query. */
const MOST_TIMES = 3000;

export interface FollowedSessions {
  readonly sessions: readonly FollowedSession[];
  /** Whether some are left out. Those that were begun first are followed. */
  readonly isCut: boolean;
}

/** Collects sessions, each once. */
export class Begun {
  readonly #sessions = new Map<string, RoleSession>();

  add(session: RoleSession): void {
    this.#sessions.set(`${session.began} ${session.arn}`, session);
  }

  /** The sessions by their ARN. The record of a call may be a second older or younger than that of the switch. */
  followed(beginnings: Beginnings): FollowedSessions {
    return joinedSessions(
      Array.from(this.#sessions.values(), ({ arn, began }) => {
        const seconds = secondsNear(began);
        const doubted = seconds.filter((second) => !beginnings.isOfOne({ arn, began: second }));
        return { arn, times: timesOf(seconds), doubted: timesOf(doubted) };
      }),
    );
  }
}

function timesOf(seconds: readonly number[]): readonly string[] {
  return seconds.map((second) => new Date(second * 1000).toISOString().replace('.000Z', 'Z'));
}

/** The first sessions of all, each ARN once. */
export function joinedSessions(all: readonly FollowedSession[]): FollowedSessions {
  const byArn = new Map<string, { readonly times: Set<string>; readonly doubted: Set<string> }>();
  let count = 0;
  let isCut = false;
  for (const { arn, times, doubted } of all) {
    const own = byArn.get(arn) ?? { times: new Set(), doubted: new Set() };
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
  }
  const sessions = Array.from(byArn, ([arn, { times, doubted }]) => ({
    arn,
    times: [...times].toSorted(),
    doubted: [...doubted].toSorted(),
  }));
  return { sessions, isCut };
}

/** Whether some sessions, or doubts about them, are not among those before. */
export function hasFurther(
  sessions: readonly FollowedSession[],
  before: readonly FollowedSession[],
): boolean {
  const known = new Map(
    before.map(({ arn, times, doubted }) => [
      arn,
      { times: new Set(times), doubted: new Set(doubted) },
    ]),
  );
  return sessions.some(({ arn, times, doubted }) => {
    const own = known.get(arn);
    return (
      times.some((time) => own?.times.has(time) !== true) ||
      doubted.some((time) => own?.doubted.has(time) !== true)
    );
  });
}
