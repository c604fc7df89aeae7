/**
 * The canonical form of JSON in reports: without nulls and empty objects at every depth, with keys in one order and scalars
 * in their own spelling. Two engines that read the same event then show the same text.
 */
import type { ColumnType } from './field/columns.js';
import { isObject, type Json } from './json.js';

/** The canonical form of a JSON value with its keys sorted by code point; undefined if nothing is left. */
export function canonical(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return listOf(value, canonical);
  if (!isObject(value)) return value;
  let object: Members | undefined;
  for (const key of Object.keys(value).toSorted(byCodePoint))
    object = withMember(object, key, canonical(value[key]));
  return object;
}

/**
 * The same, but empty objects stay inside of the value: the key of one may be all that is said, as in `"defaultAction":{"allow":{}}` of
 * WAF. What has only nulls goes.
 */
export function canonicalWithEmpty(value: Json | undefined): Json | undefined {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) return listOf(value, canonicalWithEmpty);
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  let object: Members | undefined = keys.length === 0 ? {} : undefined;
  for (const key of keys.toSorted(byCodePoint))
    object = withMember(object, key, canonicalWithEmpty(value[key]));
  return object;
}

/** The canonical form of a cell of this type, with CloudTrail's spelling and order of the members of structs. */
export function canonicalCell(type: ColumnType, cell: Json | undefined): Json | undefined {
  if (type.kind === 'list' && Array.isArray(cell))
    return listOf(cell, (item) => canonicalCell(type.of, item));
  if (type.kind !== 'struct' || !isObject(cell)) return canonical(cell);
  let object: Members | undefined;
  for (const { name, column, type: own } of type.members)
    object = withMember(object, name, canonicalCell(own, cell[column]));
  return object;
}

/** Every item keeps its index, even where nothing is left of it. */
function listOf(items: readonly Json[], valueOf: (item: Json) => Json | undefined): Json {
  return items.map((item) => valueOf(item) ?? (item === null ? null : {}));
}

type Members = Record<string, Json>;

/** The object with one more member; without a value, as it is. */
function withMember(
  object: Members | undefined,
  name: string,
  value: Json | undefined,
): Members | undefined {
  if (value === undefined) return object;
  const members = object ?? {};
  // A log may have any key, and an assignment to this one would set the object's prototype.
  if (name === '__proto__')
    Object.defineProperty(members, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  else members[name] = value;
  return members;
}

/** Half of a character beyond U+FFFF, or a character from U+E000 on. */
const HIGH_UNIT = /[\ud800-\uffff]/;

/** Compares two texts by code point, as both engines do; JavaScript's own `<` compares UTF-16 units. */
export function byCodePoint(a: string, b: string): number {
  if (a === b) return 0;
  // Both orders are the same for nearly all texts, and `<` is many times as fast.
  if (!HIGH_UNIT.test(a) || !HIGH_UNIT.test(b)) return a < b ? -1 : 1;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

/** The same; null is last. */
export function nullLast(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}

// Surrogates stand for code points above U+FFFF, so they sort after U+E000 to U+FFFF.
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
