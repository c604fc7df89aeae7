/** Replaces unpaired surrogates with U+FFFD: UTF-8 cannot encode them, and one of them makes a whole DuckDB query fail. */
import { isObject, type Json } from './json.js';

/** Text decoded from UTF-8 has no surrogates, so only an escape can stand for one. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;

/** Whether a JSON text may hold a surrogate. */
export function mayNeedRepair(text: string): boolean {
  // Looking for a fixed text first is ten times as fast as the pattern.
  return text.includes('\\u') && surrogateEscape.test(text);
}

/** Whether JSON text in UTF-8 may hold a surrogate. Looks for a fixed text only, because that is fast; few records have any escape. */
export function mayHoldSurrogates(text: Buffer): boolean {
  return text.includes('\\u') && (text.includes('\\ud') || text.includes('\\uD'));
}

/** The value with well-formed strings and keys, and how many surrogates were replaced. */
export function repair(value: Json): { readonly value: Json; readonly repaired: number } {
  let repaired = 0;
  const fix = (text: string): string => {
    if (text.isWellFormed()) return text;
    const whole = text.toWellFormed();
    for (let i = 0; i < text.length; i++) if (text[i] !== whole[i]) repaired += 1;
    return whole;
  };
  const walk = (item: Json): Json => {
    if (typeof item === 'string') return fix(item);
    if (Array.isArray(item)) return item.map(walk);
    if (!isObject(item)) return item;
    return Object.fromEntries(
      Object.entries(item).map(([key, member]) => [fix(key), walk(member)]),
    );
  };
  return { value: walk(value), repaired };
}
