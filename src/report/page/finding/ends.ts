/** How long a change lasted, in words. */
import { durationText } from '../../duration.js';
import type { Finding } from '../../finding.js';
import { lastingStates, opens } from '../../lasting.js';
import type { StateEnd } from '../../story.js';

export interface ChangeEnd {
  readonly eventTime: string;
  /** Null for a change that began no state. */
  readonly end: StateEnd | null;
  /** When the last of its states ended. */
  readonly until: string | null;
  /** Whether the change let others in. */
  readonly isOpening: boolean;
}

/** `open for 109 s`; null where there is nothing to say. It never claims what the rules did not look for. */
export function endText({ eventTime, end, until, isOpening }: ChangeEnd): string | null {
  if (until !== null) {
    const span = durationText(Date.parse(until) - Date.parse(eventTime));
    if (isOpening) return `open for ${span}`;
    return end === 'deleted' ? `ended by a deletion after ${span}` : `undone after ${span}`;
  }
  return end === 'not seen' && isOpening ? 'not closed again in these findings' : null;
}

/** How long the change of a finding lasted. */
export function findingEndText({
  eventTime,
  states: all,
  change,
}: Pick<Finding, 'eventTime' | 'states' | 'change'>): string | null {
  if (eventTime === null || all.length === 0) return null;
  const isOpening = opens(change);
  const states = lastingStates({ states: all, change });
  const ended = states.flatMap(({ until }) => until ?? []).toSorted();
  const until = ended.at(-1) ?? null;
  if (ended.length === states.length) return allEnded({ eventTime, states, until, isOpening });
  const isLookedFor = states.some(({ end }) => end === 'not seen');
  if (ended.length === 0)
    return endText({ eventTime, end: isLookedFor ? 'not seen' : null, until: null, isOpening });
  const isDeleted = states.some((state) => state.end === 'deleted');
  const [things, word] = isOpening
    ? ['openings', 'closed']
    : ['effects', isDeleted ? 'ended' : 'undone'];
  return `${ended.length} of its ${states.length} ${things} ${word} by ${timeOf(until)}`;
}

interface AllEnded {
  readonly eventTime: string;
  readonly states: Finding['states'];
  readonly until: string | null;
  readonly isOpening: boolean;
}

/** What was taken back was undone then. What only ended with its thing lasted longer, and nobody undid it. */
function allEnded({ eventTime, states, until, isOpening }: AllEnded): string | null {
  const undone = states.filter(({ end }) => end === 'seen').flatMap((one) => one.until ?? []);
  const taken = undone.toSorted().at(-1);
  const deleted = endText({ eventTime, end: 'deleted', until, isOpening });
  if (isOpening || taken === undefined) return deleted;
  const text = endText({ eventTime, end: 'seen', until: taken, isOpening });
  const isAll = undone.length === states.length || taken === until;
  return isAll ? text : `${text}, the rest ${deleted}`;
}

function timeOf(until: string | null): string {
  return until === null ? 'then' : until.replace('T', ' ').replace(/\.000Z$/, 'Z');
}
