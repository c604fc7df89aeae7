/** A condition in the notation of detection catalogues: `eventName in ["CreateSecurityGroup"]`, `not (…)`. */
import type { Condition, FieldPath, Test } from './condition.js';
import { operatorRow } from './operators.js';

/** A reader looks a shared expression with a longer notation up by its name. */
export const LONGEST_NOTATION = 300;

/** The condition on one line. Values are JSON strings, so the line has no line break or control character. */
export function notation(condition: Condition): string {
  const short = 'text' in condition ? condition.text : undefined;
  return short ?? notationInFull(condition);
}

/** The same also for a condition that has a text, whose parts may have texts. */
export function notationInFull(condition: Condition): string {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, ' and ', 'true');
    case 'any':
      return joined(condition.of, ' or ', 'false');
    case 'exactly':
      return `exactly ${condition.count} of (${condition.of.map(notation).join(', ')})`;
    case 'not':
      return `not (${unwrapped(notation(condition.of))})`;
    case 'constant':
      if (condition.unknownField !== undefined)
        return `${condition.value} (CloudTrail documents no field ${fieldNotation([condition.unknownField])})`;
      return String(condition.value);
    case 'test':
      return testNotation(condition);
    case 'compare': {
      const { left, right, op, ignoreCase, ofEvent } = condition;
      const name = `${ignoreCase ? 'i' : ''}${operatorRow(op).notation}`;
      const [before, after] = [
        ofEvent === 'left' ? 'event ' : '',
        ofEvent === 'right' ? 'event ' : '',
      ];
      return `${before}${fieldNotation(left)} ${name} ${after}field ${fieldNotation(right)}`;
    }
    case 'element':
      return `${condition.quantifier} of ${fieldNotation(condition.field)}[] (${unwrapped(notation(condition.of))})`;
    default:
      return condition satisfies never;
  }
}

/** A field as rules write it. A key is quoted if it has characters other than letters, digits, `_`, `:` and `-`. */
export function fieldNotation(path: FieldPath): string {
  if (path.length === 0) return 'element';
  const keys = path.map((key) => (/^[\w:-]+$|^\[\]$/.test(key) ? key : JSON.stringify(key)));
  return keys.reduce((text, key) => (key === '[]' ? `${text}[]` : `${text}.${key}`));
}

function joined(parts: readonly Condition[], by: string, empty: string): string {
  if (parts.length === 0) return empty;
  const texts = parts.map(notation);
  return parts.length === 1 ? texts.join('') : `(${texts.join(by)})`;
}

/** What a test looks at: a field, or a part of the time in it. */
export function testedNotation({ field, part }: Test): string {
  return `${part === undefined ? '' : `${part} of `}${fieldNotation(field)}`;
}

function testNotation(test: Test): string {
  const { op, ignoreCase, values } = test;
  const name = `${testedNotation(test)} ${ignoreCase ? 'i' : ''}${operatorRow(op).notation}`;
  if ('parameter' in values) return `${name} $${values.parameter}`;
  if (op === 'in') return `${name} [${values.map((value) => JSON.stringify(value)).join(', ')}]`;
  if (operatorRow(op).takes === 'nothing') return name;
  if (values.length === 0) return 'false';
  const texts = values.map((value) => `${name} ${JSON.stringify(value)}`);
  return texts.length === 1 ? texts.join('') : `(${texts.join(' or ')})`;
}

/** The text without parentheses around it. */
export function unwrapped(text: string): string {
  if (!text.startsWith('(') || !text.endsWith(')')) return text;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length - 1; i++) {
    const character = text[i];
    if (inString && character === '\\') i++;
    else if (character === '"') inString = !inString;
    else if (!inString && character === '(') depth++;
    else if (!inString && character === ')' && --depth === 0) return text;
  }
  return text.slice(1, -1);
}
