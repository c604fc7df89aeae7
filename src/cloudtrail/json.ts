/** What `JSON.parse` gives, without its `any`. */
export type Json = string | number | boolean | null | JsonObject | readonly Json[];
export type JsonObject = { readonly [key: string]: Json };

/** Whether a value is a JSON object: neither a list nor null. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `JSON.parse`, typed. Throws SyntaxError on text that is no JSON. */
export function parseJson(text: string): Json {
  return JSON.parse(text) as Json;
}
