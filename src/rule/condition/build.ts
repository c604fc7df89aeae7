/** Conditions that the program makes itself, where no rule file says them. */
import type { SourcePosition } from '../../errors.js';
import type { Condition, Test } from './condition.js';
import type { Operator } from './operators.js';

/** Where conditions stand that the command line asks for. */
export const OF_OPTIONS: SourcePosition = { file: 'options', line: 1, column: 1 };

/** Makes a test of a field. Dots separate the parts of the field's name: `userIdentity.arn`. */
type MakeTest = (field: string, op: Operator, values: readonly string[]) => Test;

/** Makes tests that all stand at one place. */
export function testsAt(at: SourcePosition): MakeTest {
  return (field, op, values) => ({
    kind: 'test',
    field: field.split('.'),
    op,
    ignoreCase: false,
    values,
    at,
  });
}

/** A test that the command line asks for. */
export const testOf = testsAt(OF_OPTIONS);

/** Holds if one of the conditions does. A condition alone stays as it is. */
export function anyOf(conditions: readonly Condition[]): Condition {
  return joined('any', conditions);
}

/** Holds if all of the conditions do. A condition alone stays as it is. */
export function allOf(conditions: readonly Condition[]): Condition {
  return joined('all', conditions);
}

function joined(kind: 'all' | 'any', of: readonly Condition[]): Condition {
  const [only, ...others] = of;
  return only !== undefined && others.length === 0 ? only : { kind, of };
}
