/** Objects and lists that a log holds as text: as JSON, or as the text that Athena makes of a struct. */
import { repair } from '../repair.js';
import type { ColumnType } from '../field/columns.js';
import type { Json } from '../json.js';
import { parseKeepingNumbers } from '../numbers.js';
import { structText } from './struct-text.js';

/** A JSON text may be a JSON string again: every program on the way may have added a layer. */
const MOST_LAYERS = 4;

/** The object, list or null that a text holds as JSON; undefined for any other text. */
export function nestedJson(text: string): Json | undefined {
  let value: Json = text;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    if (typeof value !== 'string') return typeof value === 'object' ? value : undefined;
    const parsed: Json | undefined = /^\s*(?:[{["]|null\s*$)/.test(value)
      ? parsedJson(value)
      : undefined;
    if (parsed === undefined) return undefined;
    value = parsed;
  }
  return undefined;
}

/** The value of this type that a text holds; undefined if it holds none. */
export function nestedValue(text: string, type: ColumnType): Json | undefined {
  return nestedJson(text) ?? structText(text, type);
}

/** Whether a text looks like an object or a list. */
export function looksNested(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

function parsedJson(text: string): Json | undefined {
  try {
    return repair(parseKeepingNumbers(text)).value;
  } catch {
    return undefined;
  }
}
