/**
 * Whether a condition holds, without an engine: for what a report says of a finding in the words of `queries/`. It knows only the tests
 * of plain text fields that the tables there need, and a test compares it with the SQL. What a rule finds is told by an engine.
 */
import type { Condition, FieldPath, Test } from './condition.js';

/** Gives the text of a field; null if it is missing. */
export type TextAt = (field: FieldPath) => string | null;

/** The condition as a function. Throws where it has a test that is not known here. */
export function compiled(condition: Condition): (textAt: TextAt) => boolean {
  switch (condition.kind) {
    case 'all': {
      const parts = condition.of.map(compiled);
      return (textAt) => parts.every((holds) => holds(textAt));
    }
    case 'any': {
      const parts = condition.of.map(compiled);
      return (textAt) => parts.some((holds) => holds(textAt));
    }
    case 'not': {
      const holds = compiled(condition.of);
      return (textAt) => !holds(textAt);
    }
    case 'constant': {
      const { value } = condition;
      return () => value;
    }
    case 'test':
      return compiledTest(condition);
    case 'exactly':
    case 'compare':
    case 'element':
      throw new Error(`a table of calls cannot have a condition "${condition.kind}"`);
    default:
      return condition satisfies never;
  }
}

function compiledTest(test: Test): (textAt: TextAt) => boolean {
  const { field, op, ignoreCase } = test;
  const fold = (text: string): string => (ignoreCase ? asciiFolded(text) : text);
  const values = 'parameter' in test.values ? [] : test.values.map(fold);
  switch (op) {
    case 'equals':
    case 'in': {
      const all = new Set(values);
      return (textAt) => {
        const text = textAt(field);
        return text !== null && all.has(fold(text));
      };
    }
    case 'wildcard': {
      const pattern = new RegExp(`^(?:${values.map(wildcardSource).join('|')})$`, 'su');
      return (textAt) => {
        const text = textAt(field);
        return text !== null && pattern.test(fold(text));
      };
    }
    case 'isNullOrEmpty':
      return (textAt) => (textAt(field) ?? '') === '';
    default:
      throw new Error(`a table of calls cannot have the test "${op}"`);
  }
}

/** The values that are compared in any case are ASCII, and no other letter has one of theirs as its lower case here. */
function asciiFolded(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function wildcardSource(pattern: string): string {
  const escaped = pattern.replace(/[\\^$+.()|[\]{}]/g, (sign) => `\\${sign}`);
  return escaped.replaceAll('*', '.*').replaceAll('?', '.');
}
