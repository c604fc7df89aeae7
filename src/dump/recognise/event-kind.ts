/** The kind of an event that was parsed. */
import type { JsonObject } from '../../cloudtrail/json.js';
import { kindOf, type RecordKind } from '../../cloudtrail/kind.js';
import { memberOf } from '../../cloudtrail/spelling/names.js';

/** The kind of an event with CloudTrail's names. */
export function kindOfEvent(event: JsonObject): RecordKind {
  const text = (name: string): string | null => {
    const value = memberOf(event, name);
    return typeof value === 'string' ? value : null;
  };
  const managementEvent = memberOf(event, 'managementEvent');
  return kindOf({
    eventCategory: text('eventCategory'),
    managementEvent:
      typeof managementEvent === 'boolean' ? String(managementEvent) : text('managementEvent'),
    eventVersion: text('eventVersion'),
    eventSource: text('eventSource'),
    eventName: text('eventName'),
  });
}
