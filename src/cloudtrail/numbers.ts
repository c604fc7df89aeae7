/**
 * Numbers as they stood. JavaScript reads `1e2`, `1.50` and 2^53 + 1 as numbers that print differently; such a
 * number becomes a JSON string of its own digits, so that every engine and every report shows what the log said.
 */
import { parseJson, type Json } from './json.js';

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
// A number that may print differently: a fraction, an exponent, sixteen digits or more, or minus zero.
const suspect = /(?:^|[:[,\s])(?:-?(?:\d+[.eE]|\d{16})|-0)/;

/** JSON text in which every number that JavaScript would print differently is a string of its digits. */
export function keepNumbers(text: string): string {
  if (!suspect.test(text)) return text;
  return text.replace(stringOrNumber, (token) =>
    token.startsWith('"') || String(Number(token)) === token ? token : `"${token}"`,
  );
}

/** `JSON.parse` that keeps numbers as they stood. Throws SyntaxError on text that is no JSON. */
export function parseKeepingNumbers(text: string): Json {
  return parseJson(keepNumbers(text));
}
