/**
 * Targets of rules of EventBridge that pass events on to a foreign account. Taking one away closes a leak. It weakens no log, as taking
 * away other targets does. One's own target that was put just before is none of these: it may have replaced another of the same ID.
 */
import type { Concern } from '../report/story.js';
import type { ConcernFinding } from './concern.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

const REMEMBERED = 50_000;

type TargetFinding = PlacedFinding & ConcernFinding;

export class ForeignTargets {
  readonly #isForeign = new Recent<boolean>(REMEMBERED);

  /** Takes a change that succeeded, and what it came to. */
  add(finding: TargetFinding, concern: Concern): void {
    const { eventName, change } = finding;
    if (eventName !== 'PutTargets' || change === null) return;
    // Of several accounts, nobody knows here which are foreign.
    const isForeign = concern === 'exposed' && change.grantees.length === 1;
    for (const { part, what } of change.begins)
      if (part !== undefined)
        this.#isForeign.set(resourceKey(finding, part), isForeign && / of account /.test(what));
  }

  /** Whether a change only takes away such targets. */
  isEndOf(finding: TargetFinding): boolean {
    const { eventName, change } = finding;
    return (
      eventName === 'RemoveTargets' &&
      change !== null &&
      change.removes.length > 0 &&
      change.removes.every((part) => this.#isForeign.get(resourceKey(finding, part)) === true)
    );
  }
}
