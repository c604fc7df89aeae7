/** Which records may match a rule, going by their event name alone. */
import type { Json } from '../../cloudtrail/json.js';
import { asciiLower } from '../../cloudtrail/columns.js';

/**
 * Whether a record of this event name may match. What is no ASCII text is left to the engine: its letters may be the
 * lower case of others, and a number may be written in more ways than one.
 */
export function mayMatch(name: Json | undefined, names: ReadonlySet<string> | undefined): boolean {
  if (names === undefined) return true;
  if (name === undefined || name === null) return false;
  if (typeof name !== 'string') return true;
  // oxlint-disable-next-line no-control-regex -- ASCII is what it says
  return names.has(name) || names.has(asciiLower(name)) || /[^\x00-\x7f]/.test(name);
}
