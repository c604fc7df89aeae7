/** Joining conditions so that no level says nothing: explaining and the funnel show a rule's own parts. */
import type { Condition } from '../condition.js';

/** All (or any) of the conditions; those of the same kind become parts, and one alone stays itself. */
export function combine(kind: 'all' | 'any', parts: readonly Condition[]): Condition {
  const of = parts.flatMap((part) => (part.kind === kind ? part.of : [part]));
  const [only] = of;
  return only !== undefined && of.length === 1 ? only : { kind, of };
}
