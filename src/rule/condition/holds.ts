/**
 * Whether a condition holds, without an engine: for the kinds of a call, the ledger of exclusions and accepted changes. Some tests
 * only engines can tell, so the answer may be undefined. What a rule finds is told by an engine.
 */
import type { Comparison, Condition, ElementTest, Test } from './condition.js';

/** Undefined where the parts that can be told do not decide it. */
export type Holds<E> = (of: E) => boolean | undefined;

export type Leaf = Test | Comparison | ElementTest;

/** The condition as a function, made of those of its leaves. */
export function compiled<E>(condition: Condition, leaf: (leaf: Leaf) => Holds<E>): Holds<E> {
  switch (condition.kind) {
    case 'all':
      return combined(
        condition.of.map((part) => compiled(part, leaf)),
        false,
      );
    case 'any':
      return combined(
        condition.of.map((part) => compiled(part, leaf)),
        true,
      );
    case 'exactly': {
      const { count } = condition;
      const parts = condition.of.map((part) => compiled(part, leaf));
      return (of) => {
        const results = parts.map((holds) => holds(of));
        return results.includes(undefined)
          ? undefined
          : results.filter((result) => result === true).length === count;
      };
    }
    case 'not': {
      const holds = compiled(condition.of, leaf);
      return (of) => {
        const result = holds(of);
        return result === undefined ? undefined : !result;
      };
    }
    case 'constant': {
      const { value } = condition;
      return () => value;
    }
    case 'test':
    case 'compare':
    case 'element':
      return leaf(condition);
    default:
      return condition satisfies never;
  }
}

/** One part that is `decisive` decides; else all parts must be known. */
function combined<E>(parts: readonly Holds<E>[], decisive: boolean): Holds<E> {
  return (of) => {
    let isKnown = true;
    for (const holds of parts) {
      const result = holds(of);
      if (result === decisive) return decisive;
      isKnown &&= result !== undefined;
    }
    return isKnown ? !decisive : undefined;
  };
}
