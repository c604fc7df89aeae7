/** What an event means to a reader: whether it happened, who did it and how, and what it changed. */
import { actorAndHow } from '../change/actor/actor.js';
import { withBehind } from '../change/actor/behind.js';
import { startOfSwitch } from '../change/actor/role-switch.js';
import { describeChange } from '../change/describe.js';
import { outcomeOf } from '../change/outcome.js';
import { member, scalarText, type Json } from '../cloudtrail/json.js';
import { kindsOf } from '../rule/catalog/kinds.js';
import type { EventFields, EventMeaning } from '../report/finding.js';

/**
 * Computed from the event, after the engine. `further` has the fields that AWS's documented table lacks, by path, such as
 * `sourceIdentity`: over such a table the actor may be known less well than over logs.
 */
export function meaningOf(event: EventFields, further: Json): EventMeaning {
  const outcome = outcomeOf(event);
  const { eventName, eventSource, eventType, userIdentity, additionalEventData, addendum } = event;
  const { sourceIPAddress, userAgent, sessionCredentialFromConsole } = event;
  const call = {
    eventName,
    eventSource,
    eventType,
    sourceIPAddress,
    userAgent,
    sessionCredentialFromConsole,
    userIdentity,
    additionalEventData,
    addendum,
    extra: further,
  };
  const { actor, how } = withBehind(actorAndHow(call), startOfSwitch(call));
  return {
    outcome,
    kinds: kindsOf((name) => scalarText(fieldOf(event, name) ?? member(further, name))),
    actor,
    how,
    change: describeChange(event, outcome),
  };
}

function fieldOf(event: EventFields, name: string): Json {
  return Object.hasOwn(event, name) ? event[name as keyof EventFields] : null;
}
