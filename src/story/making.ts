/**
 * Who makes a trail sets up in further calls what it logs, as the console does, and who makes a log group how long it keeps events.
 * What these calls leave off was never on, so they weaken nothing. No more is excused: most calls that make something, such as `PutDeliveryChannel` or `CreateBucket`, also succeed
 * where it exists, and a weakening must not hide behind them.
 */
import { MAKING } from '../change/making.js';
import type { ConcernFinding } from './concern.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

/** Trails, event data stores and log groups that are remembered. */
const REMEMBERED = 50_000;
const SOURCES: ReadonlySet<string | null> = new Set([
  'cloudtrail.amazonaws.com',
  'logs.amazonaws.com',
]);
/** Calls that fail where the thing exists. */
const MAKES = /^(?:CreateTrail|CreateEventDataStore|CreateLogGroup)$/;
/** Calls that choose what is logged, or how long it is kept. `StopLogging` switches off also what was made a minute ago. */
const CHOOSES = /^(?:PutEventSelectors|PutInsightSelectors|PutRetentionPolicy)$/;
/** Of a name that was deleted: what has it later is in place of what was on. */
const DELETED = -Infinity;

/** Whether a finding may make a trail, an event data store or a log group, or choose what one logs. */
export function isAboutLogs({ eventSource }: Pick<ConcernFinding, 'eventSource'>): boolean {
  return SOURCES.has(eventSource);
}

type MadeFinding = ConcernFinding & PlacedFinding;

export class Making {
  readonly #made = new Recent<number>(REMEMBERED);

  /** Takes the next change that succeeded and is about logs, in the order of time: what it made or deleted. */
  note(finding: MadeFinding, instant: number): void {
    const { change, eventName } = finding;
    if (change === null) return;
    for (const id of change.removes) this.#made.set(resourceKey(finding, id), DELETED);
    if (MAKES.test(eventName ?? ''))
      for (const { resource } of change.begins) {
        const key = resourceKey(finding, resource);
        if (this.#made.get(key) !== DELETED) this.#made.set(key, instant);
      }
  }

  /** Whether a change that succeeded only sets up what was made just before. All that was made at its instant must be noted. */
  isSetUp(finding: MadeFinding, instant: number): boolean {
    const { change, eventName } = finding;
    return (
      change !== null &&
      isAboutLogs(finding) &&
      CHOOSES.test(eventName ?? '') &&
      change.begins.length > 0 &&
      change.begins.every(({ resource }) => {
        const madeAt = this.#made.get(resourceKey(finding, resource));
        return madeAt !== undefined && instant - madeAt <= MAKING;
      })
    );
  }
}
