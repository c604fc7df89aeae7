/**
 * A condition among events of which other conditions are known to hold. A filter of kinds repeats the tables of calls that a
 * rule tests itself; engines refuse statements that have them several times.
 */
import { isAscii } from '../../cloudtrail/field/columns.js';
import type { Condition, Test } from './condition.js';
import { conditionNumbers } from './identity.js';
import { joined } from './missing-fields.js';
import { requiredValues } from './required-values.js';
import { textTest } from './text-test.js';

/** The fields that rules list the values of, and tables of calls test. */
const LISTED = ['eventName', 'eventSource'] as const;

/** The condition without what is known: it holds for the same events, of those for which all of `known` holds. */
export function amongKnown(condition: Condition, known: readonly Condition[]): Condition {
  const numberOf = conditionNumbers();
  const facts = new Map<number, boolean>();
  const add = (one: Condition, holds: boolean): void => {
    facts.set(numberOf(one), holds);
    if (one.kind === 'not') add(one.of, !holds);
    if (one.kind !== 'all' && one.kind !== 'any') return;
    const isTold = one.kind === (holds ? 'all' : 'any') || one.of.length === 1;
    if (isTold) for (const part of one.of) add(part, holds);
  };
  for (const one of known) add(one, true);
  const values = new Map(
    LISTED.flatMap((field) => {
      const required = requiredValues({ kind: 'all', of: known }, field);
      return required === undefined || required.ignoreCase
        ? []
        : [[field.toLowerCase(), required.values] as const];
    }),
  );
  return simplified(condition, { factOf: (one) => facts.get(numberOf(one)), values });
}

interface Known {
  /** Whether a condition holds; undefined where it is not known. */
  readonly factOf: (condition: Condition) => boolean | undefined;
  /** The only values that a field of `LISTED` has, by its name in lower case. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

function simplified(condition: Condition, known: Known): Condition {
  const fact = known.factOf(condition);
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
  const told = new Set(own.map(textTest(test)));
  const [holds, ...others] = told;
  if (holds !== undefined && others.length === 0) return { kind: 'constant', value: holds };
  if (op !== 'in' || ignoreCase) return test;
  return { ...test, values: test.values.filter((value) => own.includes(value)) };
}
