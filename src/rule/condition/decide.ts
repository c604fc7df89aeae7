/** Whether a condition holds as far as some of its tests can be told, for questions that no engine is asked. */
import { matchesGlob } from '../../text/glob.js';
import type { Condition, Test } from './condition.js';

/** Undefined where the tests that can be told do not decide it. `tell` says whether a test of the event holds. */
export function decide(
  condition: Condition,
  tell: (test: Test) => boolean | undefined,
): boolean | undefined {
  switch (condition.kind) {
    case 'all':
      return combined(condition.of, tell, false);
    case 'any':
      return combined(condition.of, tell, true);
    case 'not': {
      const holds = decide(condition.of, tell);
      return holds === undefined ? undefined : !holds;
    }
    case 'test':
      return tell(condition);
    case 'constant':
      return condition.value;
    case 'exactly':
    case 'element':
    case 'compare':
      return undefined;
    default:
      return condition satisfies never;
  }
}

/** One part that is `decisive` decides; else all parts must be known. */
function combined(
  parts: readonly Condition[],
  tell: (test: Test) => boolean | undefined,
  decisive: boolean,
): boolean | undefined {
  const results = new Set(parts.map((part) => decide(part, tell)));
  if (results.has(decisive)) return decisive;
  return results.has(undefined) ? undefined : !decisive;
}

/** Whether a test of a text holds; undefined for tests that only engines can tell. */
export function tellText(
  { op, ignoreCase, values, part }: Test,
  text: string,
): boolean | undefined {
  if ('parameter' in values || part !== undefined) return undefined;
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  const tested = fold(text);
  const some = (fits: (value: string) => boolean): boolean =>
    values.some((value) => fits(fold(value)));
  switch (op) {
    case 'equals':
    case 'in':
      return some((value) => tested === value);
    case 'startsWith':
      return some((value) => tested.startsWith(value));
    case 'endsWith':
      return some((value) => tested.endsWith(value));
    case 'contains':
      return some((value) => tested.includes(value));
    case 'wildcard':
      return some((value) => matchesGlob(tested, value));
    default:
      return undefined;
  }
}
