/**
 * The names of fields in other spellings. Exports write `eventName` as `eventname`, `event_name`, `EVENT_NAME` or `event-name`.
 * A column or a member is recognised by its letters alone.
 */
import { asciiLower, type Column } from '../field/columns.js';
import type { Json, JsonObject } from '../json.js';

const BETWEEN_WORDS = /[_ -]/;

/** The letters and digits by which a name is recognised: in lower case, without what stands between words. */
export function plainName(name: string): string {
  const lower = asciiLower(name);
  return BETWEEN_WORDS.test(lower) ? lower.replaceAll(/[_ -]/g, '') : lower;
}

const known = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

/** The column or member that a key names, in any spelling. */
export function columnOf(members: readonly Column[], key: string): Column | undefined {
  const byName = namesOf(members);
  return byName.get(key) ?? byName.get(plainName(key));
}

/** Columns or members by their documented names, and by those in lower case. Every record needs the map, so it is made once. */
export function namesOf(members: readonly Column[]): ReadonlyMap<string, Column> {
  const made = known.get(members);
  if (made !== undefined) return made;
  const byName = new Map(
    members.flatMap((member) => [
      [member.name, member],
      [member.column, member],
    ]),
  );
  known.set(members, byName);
  return byName;
}

/** A member of an event: the key in the documented spelling, else the last key in another spelling. */
export function memberOf(event: JsonObject, name: string): Json | undefined {
  if (Object.hasOwn(event, name)) return event[name];
  const plain = plainName(name);
  let found: string | undefined;
  for (const key of Object.keys(event)) {
    const more = key.length - plain.length;
    // Most keys are another name's, and to look for what stands between words takes longer.
    if ((more === 0 || (more > 0 && BETWEEN_WORDS.test(key))) && plainName(key) === plain)
      found = key;
  }
  return found === undefined ? undefined : event[found];
}
