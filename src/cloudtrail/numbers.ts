/**
 * Keeps numbers in the spelling of the log. JavaScript prints `1e2`, `1.50` and 2^53 + 1 differently from how they were
 * written. Such a number becomes a JSON string of its digits, so that every engine and report shows what the log said.
 */
import { parseJson, type Json } from './json.js';

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
// A number that may print differently: a fraction, an exponent, sixteen digits or more, or minus zero. The characters that
// surround a number in JSON rule out most digits inside strings, such as the versions in user agents.
const suspect = /(?:^|[:[,])\s*(?:-?(?:\d+[.eE][\d.eE+-]*|\d{16,})|-0)\s*(?:[,}\]]|$)/;

/** The JSON text with every number that JavaScript would print differently as a string of its digits. */
export function keepNumbers(text: string): string {
  if (!suspect.test(text)) return text;
  let kept = '';
  // A single pattern for strings and numbers would overflow the stack on a string of some megabytes.
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    kept += text.slice(at, end).replace(number, inItsSpelling);
    at = quote < 0 ? end : stringEnd(text, quote);
    kept += text.slice(end, at);
  }
  return kept;
}

function inItsSpelling(digits: string): string {
  return String(Number(digits)) === digits ? digits : `"${digits}"`;
}

/** The offset after the closing quote of the string that opens at `quote`. */
function stringEnd(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text[at - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return at + 1;
  }
  return text.length;
}

/** `JSON.parse` that keeps the spelling of numbers. Throws a SyntaxError if the text is not JSON. */
export function parseKeepingNumbers(text: string): Json {
  return parseJson(keepNumbers(text));
}
