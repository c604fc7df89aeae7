/**
 * An event that tells about the logs themselves: what it says, and who made it. Of such an event nothing else is kept, so that a log
 * with many of them takes little memory.
 */
import type { BlindSpotEvent } from '../report/completeness/completeness.js';
import type { EventFields, EventMeaning } from '../report/finding.js';
import { shortenedOrNull } from '../change/sentence.js';
import type { Fact } from './facts/fact.js';
import { factsOf } from './facts/facts.js';

export interface Watched {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly account: string | null;
  readonly region: string | null;
  readonly by: BlindSpotEvent;
  readonly fact: Fact;
}

/** AWS's names are shorter. A hostile log may have texts of megabytes. */
const LONGEST = 2048;

/** Empty for an event that says nothing of logs, that failed, or that has no time. */
export function watchedIn(event: EventFields, meaning: EventMeaning): readonly Watched[] {
  if (meaning.outcome === 'failed' || event.eventTime === null) return [];
  const own = {
    at: Date.parse(event.eventTime),
    account: shortenedOrNull(event.recipientAccountId || null, LONGEST),
    region: shortenedOrNull(event.awsRegion, LONGEST),
    by: {
      eventID: shortenedOrNull(event.eventID, LONGEST),
      eventName: shortenedOrNull(event.eventName, LONGEST) ?? '',
      actor: meaning.actor.name,
      principal: meaning.actor.principal,
      sourceIPAddress: shortenedOrNull(event.sourceIPAddress, LONGEST),
    },
  };
  return factsOf(event).map((fact) => ({ ...own, fact }));
}
