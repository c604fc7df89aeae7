/** What an event means to a reader: whether it happened, who did it and how, and what it changed. */
import { actorAndHow } from '../change/actor/actor.js';
import { describeChange } from '../change/describe.js';
import { outcomeOf } from '../change/outcome.js';
import { isObject, scalarText, type Json } from '../cloudtrail/json.js';
import { kindsOf } from '../rule/catalog/kinds.js';
import type { EventFields, EventMeaning } from '../report/finding.js';

/**
 * Computed from the event, after the engine. `further` has the fields that AWS's documented table lacks, by path, such as
 * `sourceIdentity`: over such a table the actor may be known less well than over logs.
 */
export function meaningOf(event: EventFields, further: Json): EventMeaning {
  const outcome = outcomeOf(event);
  const members: Readonly<Record<string, Json>> = { ...event };
  return {
    outcome,
    kinds: kindsOf((path) => {
      const name = path.join('.');
      return scalarText(members[name] ?? (isObject(further) ? further[name] : null));
    }),
    ...actorAndHow({ ...event, extra: further }),
    change: describeChange(event, outcome),
  };
}
