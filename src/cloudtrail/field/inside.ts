/**
 * Values inside of JSON, found as the engines find them: keys match exactly, a list has indexes, and a text that holds a list or an
 * object, such as the document of a policy, is opened.
 */
import { member, parseJson, type Json } from '../json.js';

/** The value at these keys, or null. */
export function valueInside(value: Json, [key, ...rest]: readonly string[]): Json {
  if (key === undefined) return value;
  const inside = opened(value);
  if (Array.isArray(inside)) {
    const items = inside as readonly Json[];
    return /^(?:0|[1-9]\d*)$/.test(key) ? valueInside(items[Number(key)] ?? null, rest) : null;
  }
  return valueInside(member(inside, key), rest);
}

/** The values at these keys, where a list on the way stands for its elements. */
export function valuesInside(value: Json, keys: readonly string[]): readonly Json[] {
  const [key, ...rest] = keys;
  if (key === undefined) return value === null ? [] : [value];
  const inside = opened(value);
  const items: readonly Json[] = Array.isArray(inside) ? inside : [inside];
  return items.flatMap((item) => valuesInside(valueInside(item, [key]), rest));
}

/** The list or the object that a text holds; any other value as it is. */
export function opened(value: Json): Json {
  if (typeof value !== 'string' || !/^[ \t\r\n]*[[{]/.test(value)) return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}
