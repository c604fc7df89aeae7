/** Texts compared as numbers. */
import type { Dialect } from '../dialect/dialect.js';

/** What counts as a number. The engines' casts take more, such as `inf` or ` 1`, and differ in it. */
export const NUMBER_PATTERN = '-?[0-9]{1,100}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?';

export const ORDER_SIGNS = {
  greaterThan: '>',
  greaterThanOrEquals: '>=',
  lessThan: '<',
  lessThanOrEquals: '<=',
} as const;

/** The number that a text expression holds; NULL if it holds none. */
export function numberSql(text: string, dialect: Dialect): string {
  return `CASE WHEN ${dialect.matches(text, NUMBER_PATTERN)} THEN TRY_CAST(${text} AS DOUBLE) END`;
}
