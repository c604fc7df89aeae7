/**
 * Numbers as they stood. JavaScript reads `1e2`, `1.50` and 2^53 + 1 as numbers that print differently; such a
 * number becomes a JSON string of its own digits, so that every engine and every report shows what the log said.
 */
import { parseJson, type Json } from './json.js';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
// A number that may print differently: a fraction, an exponent, sixteen digits or more, or minus zero. What stands around
// a number in JSON keeps away most of those in strings, as of versions in user agents.
const suspect = /(?:^|[:[,])\s*(?:-?(?:\d+[.eE][\d.eE+-]*|\d{16,})|-0)\s*(?:[,}\]]|$)/;

/** JSON text in which every number that JavaScript would print differently is a string of its digits. */
export function keepNumbers(text: string): string {
  if (!suspect.test(text)) return text;
  let kept = '';
  // By hand and not by one pattern: a pattern overflows on a string of some megabytes.
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    kept += text.slice(at, end).replace(number, asItStood);
    at = quote < 0 ? end : stringEnd(text, quote);
    kept += text.slice(end, at);
  }
  return kept;
}

function asItStood(digits: string): string {
  return String(Number(digits)) === digits ? digits : `"${digits}"`;
}

/** Behind the closing quote of the string that opens at `quote`. */
function stringEnd(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** `JSON.parse` that keeps numbers as they stood. Throws SyntaxError on text that is no JSON. */
export function parseKeepingNumbers(text: string): Json {
  return parseJson(keepNumbers(text));
}
