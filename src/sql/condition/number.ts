/** Texts compared as numbers. */
import { NUMBER_PATTERN } from '../../rule/condition/number.js';
import type { Dialect } from '../dialect/dialect.js';

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
