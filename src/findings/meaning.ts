/** What an event means to a reader: whether it happened, who did it and how, and what it changed. */
import { actorAndHow } from '../change/actor/actor.js';
import { describeChange } from '../change/describe.js';
import { outcomeOf } from '../change/outcome.js';
import type { EventFields, EventMeaning } from '../report/report.js';

/**
 * Computed from the fields that AWS's documented table has, so that every engine gives the same. A table has no column for
 * other fields, such as `sourceIdentity`: what logs alone tell from them would differ.
 */
export function meaningOf(event: EventFields): EventMeaning {
  const outcome = outcomeOf(event);
  return {
    outcome,
    ...actorAndHow({ ...event, extra: null }),
    change: describeChange(event, outcome),
  };
}
