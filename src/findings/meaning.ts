/** What an event means to a reader: whether it happened, who did it and how, and what it changed. */
import { actorAndHow } from '../change/actor/actor.js';
import { describeChange } from '../change/describe.js';
import { outcomeOf } from '../change/outcome.js';
import type { Json } from '../cloudtrail/json.js';
import type { EventFields, EventMeaning } from '../report/report.js';

/** Computed from the event alone. `extra` holds its fields without a column, by dotted path. */
export function meaningOf(event: EventFields, extra: Json): EventMeaning {
  return {
    outcome: outcomeOf(event),
    ...actorAndHow({ ...event, extra }),
    change: describeChange(event),
  };
}
