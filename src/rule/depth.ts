/** How deep rules may nest. Whoever reads a rule, and every engine, has a stack of some size. */

/** Parentheses and `not` in a condition, and groups in a regular expression. */
export const MOST_LEVELS = 200;

/** Lists inside lists. DuckDB takes twice as long for each. */
export const MOST_LISTS = 10;
