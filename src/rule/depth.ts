/** How deep rules may nest. Whoever reads a rule, and every engine, has a stack of some size. */
import type { Condition } from './condition/condition.js';

/** Parentheses and `not` in a condition, and groups in a regular expression. */
export const MOST_LEVELS = 200;

/** Lists inside lists. DuckDB takes twice as long for each. */
export const MOST_LISTS = 10;

/** How many levels a condition has: 1 for a single test. */
export function levelsOf(condition: Condition): number {
  if (!('of' in condition)) return 1;
  const parts = Array.isArray(condition.of) ? condition.of : [condition.of];
  return 1 + Math.max(0, ...parts.map(levelsOf));
}
