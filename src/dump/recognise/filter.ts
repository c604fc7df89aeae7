/** Decides by its event name alone whether a record may match a rule. */
import type { Json } from '../../cloudtrail/json.js';
import { asciiLower } from '../../cloudtrail/field/columns.js';

/**
 * Whether a record with this event name may match; `names` is `DumpRequest.eventNames`. True if the name is not ASCII text,
 * because only the engine knows how its `lower()` and its numbers work.
 */
export function mayMatch(name: Json | undefined, names: ReadonlySet<string> | undefined): boolean {
  if (names === undefined) return true;
  if (name === undefined || name === null) return false;
  if (typeof name !== 'string') return true;
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  return names.has(name) || names.has(asciiLower(name)) || /[^\x00-\x7f]/.test(name);
}
