/** JSON held as text, for the reference evaluator. */
import { parseJson, type Json } from '../../src/cloudtrail/json.js';

/** The object or list that a text within JSON holds, where there is one; else the value itself. */
export function opened(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^[ \t\r\n]*[[{]/.test(value)) return value;
  try {
    const held = parseJson(value);
    return hasLoneSurrogate(held) ? value : held;
  } catch {
    return value;
  }
}

/** Whether a key or a string in a value has half of a surrogate pair: engines refuse such JSON. */
function hasLoneSurrogate(value: Json): boolean {
  if (typeof value === 'string') return !value.isWellFormed();
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, item]) => !key.isWellFormed() || hasLoneSurrogate(item));
}
