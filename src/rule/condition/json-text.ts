/**
 * Tests of JSON as one text: of a whole column (`requestParameters`), or of an object in it. CloudTrail writes a policy as a text
 * inside this JSON, where its quotes have a backslash before them. A value with quotes also matches there.
 */
import { locationOf } from '../../cloudtrail/field/fields.js';
import type { FieldPath } from './condition.js';
import { operatorRow, type Operator } from './operators.js';

/** Whether a test of the field may test the JSON of a value. */
export function isInJson(field: FieldPath): boolean {
  return locationOf(field)?.kind === 'json';
}

/** Whether the field is a column of JSON or a map. It has no text of its own, so a test of its text tests its JSON. */
export function isWholeJson(field: FieldPath, op: Operator): boolean {
  const location = locationOf(field);
  const isWhole =
    location?.kind === 'struct' || (location?.kind === 'json' && location.keys.length === 0);
  return isWhole && operatorRow(op).takes === 'texts';
}

/** The values, and what they become in a text inside of JSON. It never begins or ends the JSON around it. */
export function alsoInTexts(op: Operator, values: readonly string[]): readonly string[] {
  return [...new Set(values.flatMap((value) => inTexts(op, value)))];
}

function inTexts(op: Operator, value: string): readonly string[] {
  if (!value.includes('"')) return [value];
  switch (op) {
    case 'contains':
      return [value, escaped(value)];
    case 'wildcard':
      return mixed(value.split('*'), escaped);
    case 'escapedWildcard':
      return mixed(value.split(/(?<=(?<!\\)(?:\\\\)*)\*/), escapedInWildcard);
    case 'regex':
      return [regexInTexts(value)];
    default:
      return [value];
  }
}

/** Text as JSON has it. */
function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The same where a backslash has another before it. */
function escapedInWildcard(text: string): string {
  return text.replace(/\\\\|"/g, (sign) => (sign === '"' ? '\\\\"' : '\\\\\\\\'));
}

/** The parts of a pattern between its `*`: all as they are, or escaped from one of them on. */
function mixed(parts: readonly string[], escape: (text: string) => string): readonly string[] {
  const isWithin = parts.length > 2 && parts[0] === '' && parts.at(-1) === '';
  if (!isWithin) return [parts.join('*')];
  return parts.map((_, first) =>
    parts.map((part, index) => (index <= parts.length - 1 - first ? part : escape(part))).join('*'),
  );
}

/** An escape, a set of characters, or any other character. */
const PIECE = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|./gsu;

/** The expression, with any number of backslashes before each quote. */
function regexInTexts(expression: string): string {
  return expression.replace(PIECE, (piece) => {
    const quote = piece === '\\"' ? '"' : piece;
    return quote === '"' || /^\[(?!\^).*"/s.test(quote) ? `(?:\\\\*${quote})` : piece;
  });
}
