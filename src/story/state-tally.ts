/** Counts how states ended, in the words of a summary. */
import type { StateCounts, StateEnd } from '../report/story.js';

export class StateTally {
  readonly #ends: Record<StateEnd, number> = {
    seen: 0,
    deleted: 0,
    'not seen': 0,
    'not looked for': 0,
    unknown: 0,
  };

  add(end: StateEnd): void {
    this.#ends[end] += 1;
  }

  counts(): StateCounts {
    const ends = this.#ends;
    return {
      ended: ends.seen + ends.deleted,
      notSeen: ends['not seen'],
      notLookedFor: ends['not looked for'],
      notKnown: ends.unknown,
    };
  }
}
