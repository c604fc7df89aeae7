/** Looks up a member of an event in any spelling of its key. */
import { asciiLower } from '../../cloudtrail/columns.js';
import type { Json, JsonObject } from '../../cloudtrail/json.js';

/** A member of an event: the key in the documented spelling, else the last key that is equal in ASCII lower case. */
export function memberOf(event: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(event, name)) return event[name];
  let found: string | undefined;
  for (const key of Object.keys(event))
    if (key.length === name.length && asciiLower(key) === asciiLower(name)) found = key;
  return found === undefined ? undefined : event[found];
}
