/** What an event means to a reader: whether it happened, who did it and how, and what it changed. */
import { actorAndHow } from '../change/actor/actor.js';
import { describeChange } from '../change/describe.js';
import { outcomeOf } from '../change/outcome.js';
import type { Json } from '../cloudtrail/json.js';
import type { EventFields, EventMeaning } from '../report/finding.js';

/**
 * Computed from the event, after the engine. Some fields that say who is behind a role, such as `sourceIdentity`, stand in
 * `extra`: AWS's documented table lacks them, so that over such a table the actor may be known less well than over logs.
 */
export function meaningOf(event: EventFields, extra: Json): EventMeaning {
  const outcome = outcomeOf(event);
  return {
    outcome,
    ...actorAndHow({ ...event, extra }),
    change: describeChange(event, outcome),
  };
}
