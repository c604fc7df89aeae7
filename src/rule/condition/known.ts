/**
 * A condition among events of which other conditions are known to hold. A filter of kinds repeats the tables of calls that a
 * rule tests itself; engines refuse statements that have them several times.
 */
import { isAscii } from '../../cloudtrail/field/columns.js';
import type { Condition, Test } from './condition.js';
import { tellText } from './decide.js';
import { joined } from './missing-fields.js';
import { requiredValues } from './required-values.js';

/** The fields that rules list the values of, and tables of calls test. */
const LISTED = ['eventName', 'eventSource'] as const;

/** The condition without what is known: it holds for the same events, of those for which all of `known` holds. */
export function amongKnown(condition: Condition, known: readonly Condition[]): Condition {
  const facts = new Map<string, boolean>();
  for (const one of known) addFact(facts, one, true);
  const values = new Map(
    LISTED.flatMap((field) => {
      const required = requiredValues({ kind: 'all', of: known }, field);
      return required === undefined || required.ignoreCase
        ? []
        : [[field.toLowerCase(), required.values] as const];
    }),
  );
  return simplified(condition, { facts, values });
}

interface Known {
  /** Whether a condition holds, by its key. */
  readonly facts: ReadonlyMap<string, boolean>;
  /** The only values that a field of `LISTED` has, by its name in lower case. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

function addFact(facts: Map<string, boolean>, condition: Condition, holds: boolean): void {
  facts.set(keyOf(condition), holds);
  if (condition.kind === 'not') addFact(facts, condition.of, !holds);
  if (condition.kind !== 'all' && condition.kind !== 'any') return;
  const isTold = condition.kind === (holds ? 'all' : 'any') || condition.of.length === 1;
  if (isTold) for (const part of condition.of) addFact(facts, part, holds);
}

/** Equal for conditions that say the same in the same words, wherever they are written. */
function keyOf(condition: Condition): string {
  return JSON.stringify(condition, (key, value: unknown) =>
    key === 'at' || key === 'text' || key === 'label' || key === 'optional' ? undefined : value,
  );
}

function simplified(condition: Condition, known: Known): Condition {
  const fact = known.facts.get(keyOf(condition));
  if (fact !== undefined) return { kind: 'constant', value: fact };
  switch (condition.kind) {
    case 'all':
    case 'any': {
      const parts = condition.of.map((part) => simplified(part, known));
      // Its short text says the same of what has not changed.
      const isSame = parts.every((part, index) => part === condition.of[index]);
      return isSame ? condition : joined(condition.kind, parts);
    }
    case 'not': {
      const of = simplified(condition.of, known);
      if (of === condition.of) return condition;
      return of.kind === 'constant' ? { kind: 'constant', value: !of.value } : { kind: 'not', of };
    }
    case 'test':
      return simplifiedTest(condition, known);
    case 'exactly':
    case 'constant':
    case 'compare':
    case 'element':
      return condition;
    default:
      return condition satisfies never;
  }
}

/** A test of a field with few values needs only those, and is often decided by them. */
function simplifiedTest(test: Test, { values }: Known): Condition {
  const { field, op, ignoreCase } = test;
  const [name = ''] = field;
  const own = field.length > 1 ? undefined : values.get(name.toLowerCase());
  // Beyond ASCII, engines do not agree on the lower case of a letter.
  if (own === undefined || 'parameter' in test.values || (ignoreCase && !own.every(isAscii)))
    return test;
  const told = new Set(own.map((value) => tellText(test, value)));
  const [holds, ...others] = told;
  if (holds !== undefined && others.length === 0) return { kind: 'constant', value: holds };
  if (op !== 'in' || ignoreCase) return test;
  return { ...test, values: test.values.filter((value) => own.includes(value)) };
}
