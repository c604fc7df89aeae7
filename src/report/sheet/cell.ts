/** The text of a cell. */
import type { Json } from '../../cloudtrail/json.js';

/** A text as it is, another value as JSON; null for a missing value. */
export function cellText(value: Json): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
