/** JSON values, typed. */

/** What `JSON.parse` gives. */
export type Json = string | number | boolean | null | JsonObject | readonly Json[];
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a JSON object, and not a list or null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of an object; null if the value has no such member or is no object. What objects inherit, such as `constructor`, is no member. */
export function member(value: Json, key: string): Json {
  return isObject(value) && Object.hasOwn(value, key) ? (value[key] ?? null) : null;
}

/** The text of a value as a text column of the table holds it: a scalar's own text, the JSON of a list or object. */
export function scalarText(value: Json | undefined): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The text of the value at a path, as `scalarText` gives it; null where there is none. */
export function textAt(value: Json, path: readonly string[]): string | null {
  return scalarText(path.reduce((inside, key) => member(inside, key), value));
}

/** `JSON.parse`, typed. Throws a SyntaxError if the text is not JSON. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}

/** Whether lists and objects are nested more than `levels` deep. */
export function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeper(item, levels - 1));
}
