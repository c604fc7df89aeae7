/** How long a change lasted, in words. */
import { durationText } from '../../duration.js';
import type { Finding } from '../../finding.js';
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
  const isOpening = change?.exposure?.direction === 'ingress' || change?.action === 'open';
  // What was made and opened may be closed, and still exist.
  const opened = isOpening ? all.filter(({ what }) => what !== 'exists') : all;
  const states = opened.length === 0 ? all : opened;
  const ended = states.flatMap(({ until }) => until ?? []).toSorted();
  const until = ended.at(-1) ?? null;
  const how = states.every((state) => state.end === 'deleted') ? 'deleted' : 'seen';
  if (ended.length === states.length) return endText({ eventTime, end: how, until, isOpening });
  const isLookedFor = states.some(({ end }) => end === 'not seen');
  if (ended.length === 0)
    return endText({ eventTime, end: isLookedFor ? 'not seen' : null, until: null, isOpening });
  const isDeleted = states.some((state) => state.end === 'deleted');
  const word = isOpening ? 'closed' : isDeleted ? 'ended' : 'undone';
  return `${ended.length} of ${states.length} ${word} by ${timeOf(until)}`;
}

function timeOf(until: string | null): string {
  return until === null ? 'then' : until.replace('T', ' ').replace(/\.000Z$/, 'Z');
}
