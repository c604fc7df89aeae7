/**
 * What a person made just before. What the same person deletes within the hour was a trial, and held nothing of others. Only calls
 * that fail where the thing exists prove that it was made, and nothing is excused that may have been there before.
 */
import { HOUR, MINUTE } from '../cloudtrail/time/window.js';
import type { Finding } from '../report/finding.js';
import type { ConcernFinding } from './concern.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

const TRIAL = HOUR;
/** What is to be deleted may have been used since: data of others may be encrypted with a new key. */
const SHORT_TRIAL = 15 * MINUTE;
const REMEMBERED = 50_000;

const MAKES = /^(?:Copy|Create|Register|Restore)/;
/** In `us-east-1`, a bucket of one's own may be created again, and anywhere a vault: both answer that all went well, and make nothing. */
const MAKES_AGAIN: ReadonlySet<string> = new Set(['CreateBucket', 'CreateVault']);
/** Who deletes the material of a key had it before, and may have used it elsewhere. */
const NEVER_A_TRIAL = 'DeleteImportedKeyMaterial';

export type TriedFinding = ConcernFinding & PlacedFinding & Pick<Finding, 'actor'>;

/** Nobody (`by` is null) made what was deleted or renamed: what has the name later is something else. */
interface Made {
  readonly by: string | null;
  readonly at: number;
}

export class Trials {
  readonly #made = new Recent<Made>(REMEMBERED);
  /** Made at the instant `#now`. It counts only later: which of two calls of one instant was first, nobody knows. */
  #making: (readonly [key: string, by: string])[] = [];
  #now = NaN;

  /**
   * Takes the next change that succeeded, in the order of time. Whether all that it deletes, or is going to delete, was made before
   * by the same person.
   */
  add(finding: TriedFinding, instant: number): boolean {
    this.#settle(instant);
    const isTrial = this.#isTrial(finding, instant);
    const { change, eventName, actor } = finding;
    const renamed = change?.renames?.flatMap((one) => [one.resource, one.newResource]) ?? [];
    for (const id of [...(change?.removes ?? []), ...renamed])
      this.#made.set(resourceKey(finding, id), { by: null, at: instant });
    if (MAKES.test(eventName ?? '') && !MAKES_AGAIN.has(eventName ?? '') && actor.name !== null)
      for (const { resource, what } of change?.begins ?? [])
        if (what === 'exists' && this.#making.length < REMEMBERED)
          this.#making.push([resourceKey(finding, resource), actor.name]);
    return isTrial;
  }

  #settle(instant: number): void {
    if (instant === this.#now) return;
    for (const [key, by] of this.#making) {
      const before = this.#made.get(key);
      // Of what was also deleted at this instant, nobody knows whether it is still there.
      if (before?.by !== null || before.at !== this.#now)
        this.#made.set(key, { by, at: this.#now });
    }
    this.#making = [];
    this.#now = instant;
  }

  #isTrial(finding: TriedFinding, instant: number): boolean {
    const { change, eventName, actor } = finding;
    if (change === null || actor.name === null || eventName === NEVER_A_TRIAL) return false;
    const { removes, begins } = change;
    const longest = removes.length > 0 ? TRIAL : SHORT_TRIAL;
    const ids = removes.length > 0 ? removes : begins.map(({ resource }) => resource);
    return (
      ids.length > 0 &&
      ids.every((id) => {
        const made = this.#made.get(resourceKey(finding, id));
        return made !== undefined && made.by === actor.name && instant - made.at <= longest;
      })
    );
  }
}
