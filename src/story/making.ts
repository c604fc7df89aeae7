/**
 * Who makes something that watches sets it up in further calls, as the console does for a trail. What these calls leave off was
 * never on, so they weaken nothing.
 */
import type { ConcernFinding } from './concern.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

const MAKING = 15 * 60_000;
/** Resources that are remembered. */
const REMEMBERED = 50_000;
/** Calls that choose what there is. `StopLogging` switches off also what was made a minute ago. */
const CHOOSING = /^Put/;

export class Making {
  readonly #made = new Recent<number>(REMEMBERED);

  /** Takes the next change that succeeded, in the order of time. Says whether it only sets up what was made just before. */
  add(finding: ConcernFinding & PlacedFinding, instant: number): boolean {
    const { change, eventName } = finding;
    if (change === null) return false;
    for (const { resource, what } of change.begins)
      if (what === 'exists') this.#made.set(resourceKey(finding, resource), instant);
    return (
      CHOOSING.test(eventName ?? '') &&
      change.begins.length > 0 &&
      change.begins.every(({ resource }) => {
        const madeAt = this.#made.get(resourceKey(finding, resource));
        return madeAt !== undefined && instant - madeAt <= MAKING;
      })
    );
  }
}
