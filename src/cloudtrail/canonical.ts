/**
 * The canonical form of JSON in reports: nulls and empty objects dropped at every depth, keys in one order, scalars
 * as they stood. Two engines that saw the same event then show the same text.
 */
import { USER_IDENTITY, type ColumnType } from './columns.js';
import { isObject, type Json } from './json.js';

/** The canonical form of a JSON value with its keys sorted by code point; undefined where nothing is left. */
export function canonical(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  // The items of a list keep their places.
  if (Array.isArray(value))
    return value.map((item) => canonical(item) ?? (item === null ? null : {}));
  if (!isObject(value)) return value;
  const kept = Object.keys(value)
    .toSorted(byCodePoint)
    .map((key) => [key, canonical(value[key])] as const)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** A `userIdentity` with CloudTrail's spelling and order of keys; undefined where nothing is left. */
export function canonicalIdentity(identity: Json | undefined): Json | undefined {
  return spell(USER_IDENTITY, identity);
}

function spell(type: ColumnType, value: Json | undefined): Json | undefined {
  if (type.kind !== 'struct' || !isObject(value)) return canonical(value);
  const kept = type.members
    .map((member) => [member.name, spell(member.type, value[member.column])] as const)
    .filter((entry): entry is [string, Json] => entry[1] !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** Compares two texts by code point, as both engines do; JavaScript's own `<` compares UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above U+FFFF, so they sort after U+E000 to U+FFFF.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
