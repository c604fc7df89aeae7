/** Recognises equal conditions. Shared expressions stand in many rules, and several times in some of them. */
import type { Condition } from './condition.js';

/**
 * A function that gives conditions numbers, equal ones for conditions that say the same in the same words, wherever they are
 * written.
 */
export function conditionNumbers(): (condition: Condition) => number {
  const numbers = new Map<string, number>();
  // Most conditions that are equal are one object, and an object is asked for many times.
  const known = new Map<Condition, number>();
  const numberOf = (condition: Condition): number => {
    const before = known.get(condition);
    if (before !== undefined) return before;
    const key = JSON.stringify(ownPart(condition, numberOf));
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    known.set(condition, number);
    return number;
  };
  return numberOf;
}

/** What a condition says, with the numbers of its parts. Its place, its labels and whether a table may lack a field say nothing. */
function ownPart(condition: Condition, numberOf: (part: Condition) => number): unknown {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return [condition.kind, condition.of.map(numberOf)];
    case 'exactly':
      return [condition.kind, condition.count, condition.of.map(numberOf)];
    case 'not':
      return [condition.kind, numberOf(condition.of)];
    case 'constant':
      return [condition.kind, condition.value];
    case 'element': {
      const { kind, quantifier, field, of } = condition;
      return [kind, quantifier, field, numberOf(of)];
    }
    case 'test': {
      const { at: _at, optional: _optional, ...own } = condition;
      return Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1));
    }
    case 'compare': {
      const { at: _at, ...own } = condition;
      return Object.entries(own).toSorted(([a], [b]) => (a < b ? -1 : 1));
    }
    default:
      return condition satisfies never;
  }
}
