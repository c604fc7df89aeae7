/** Joins conditions without needless levels, so that `hunt explain` and the funnel show the parts that the rule has. */
import type { Condition } from '../condition/condition.js';

/** All, or any, of the conditions. A nested condition of the same kind is replaced by its parts. */
export function combine(kind: 'all' | 'any', parts: readonly Condition[]): Condition {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}
