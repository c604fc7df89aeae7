/** Effects whose cause is not in the logs, although the logs should have it. */
import { contains, DAY, type Window } from '../../cloudtrail/time/window.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { Evidence, MissingCause } from '../../report/completeness/completeness.js';
import type { AccountRecords } from '../blind-spots/records.js';
import type { Fact } from '../facts/fact.js';
import type { Watched } from '../watched.js';

const MOST = 20;
/** Both services wait for at most 30 days between the call and the deletion. */
const LONGEST_WAIT = 31 * DAY;
const CAUSES = { secret: 'DeleteSecret', key: 'ScheduleKeyDeletion' };

type Step = Extract<Fact, { kind: 'birth' | 'cause' | 'effect' }>;

interface Life {
  readonly of: Step['of'];
  birth: number | undefined;
  cause: number | undefined;
  effect: Watched | undefined;
}

interface Logs {
  readonly accounts: ReadonlyMap<string | null, Pick<AccountRecords, 'first'>>;
  readonly window: Window;
}

/**
 * A hint only where the cause must be in the logs: they have the resource's beginning, or they go back further than a deletion
 * waits. Of the time before the window not every log is read, so neither counts there. A cause counts wherever it is.
 */
export function missingCauses(
  events: readonly Watched[],
  { accounts, window }: Logs,
): Pick<Evidence, 'hints' | 'moreHints'> {
  const known = events.filter(({ fact, at }) => fact.kind === 'cause' || contains(window, at));
  const hints = [...livesIn(known)].flatMap(
    ([resource, { of, birth, cause, effect }]): readonly MissingCause[] => {
      if (effect === undefined || (cause !== undefined && cause <= effect.at)) return [];
      const first = Math.max(
        accounts.get(effect.account)?.first ?? Infinity,
        window.since ?? -Infinity,
      );
      const isBorn = birth !== undefined && birth <= effect.at;
      if (!isBorn && first > effect.at - LONGEST_WAIT) return [];
      return [
        {
          effect: effect.by.eventName,
          cause: CAUSES[of],
          resource,
          account: effect.account,
          region: effect.region,
          eventID: effect.by.eventID,
          eventTime: formatInstant(effect.at),
        },
      ];
    },
  );
  const sorted = hints.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  return { hints: sorted.slice(0, MOST), moreHints: Math.max(0, sorted.length - MOST) };
}

/** What the logs have of each resource. The events are in the order of time. */
function livesIn(events: readonly Watched[]): ReadonlyMap<string, Life> {
  const lives = new Map<string, Life>();
  for (const event of events) {
    const { fact, at } = event;
    if (fact.kind !== 'birth' && fact.kind !== 'cause' && fact.kind !== 'effect') continue;
    const life = lives.get(fact.resource) ?? {
      of: fact.of,
      birth: undefined,
      cause: undefined,
      effect: undefined,
    };
    lives.set(fact.resource, life);
    if (fact.kind === 'birth') life.birth ??= at;
    else if (fact.kind === 'cause') life.cause ??= at;
    // The end of a deletion says more than its start.
    else if (life.effect === undefined || event.by.eventName.startsWith('End')) life.effect = event;
  }
  return lives;
}

function orderOf({ eventTime, resource }: MissingCause): string {
  return `${eventTime} ${resource}`;
}
