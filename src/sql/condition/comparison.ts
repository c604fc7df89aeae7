/** The SQL of a comparison of two fields, one line for each operator. TRUE or FALSE, never NULL. */
import type { Comparison } from '../../rule/condition/condition.js';
import type { ComparisonOperator } from '../../rule/condition/operators.js';
import type { Dialect } from '../dialect/dialect.js';
import { folded, neverNull } from './leaf.js';
import { numberSql, ORDER_SIGNS } from './number.js';

type Compare = (left: string, right: string, dialect: Dialect) => string;

const COMPARISONS: Readonly<Record<ComparisonOperator, Compare>> = {
  equals: (left, right) => `${left} = ${right}`,
  // LIKE would read the right side as a pattern.
  startsWith: (left, right) => `substr(${left}, 1, length(${right})) = ${right}`,
  endsWith: (left, right) =>
    `substr(${left}, length(${left}) - length(${right}) + 1) = ${right} AND length(${left}) >= length(${right})`,
  contains: (left, right) => `strpos(${left}, ${right}) > 0`,
  greaterThan: inOrder(ORDER_SIGNS.greaterThan),
  greaterThanOrEquals: inOrder(ORDER_SIGNS.greaterThanOrEquals),
  lessThan: inOrder(ORDER_SIGNS.lessThan),
  lessThanOrEquals: inOrder(ORDER_SIGNS.lessThanOrEquals),
};

function inOrder(sign: string): Compare {
  return (left, right, dialect) =>
    `${numberSql(left, dialect)} ${sign} ${numberSql(right, dialect)}`;
}

/** The SQL of a comparison of two text expressions; FALSE if either is NULL. */
export function comparisonSql(
  { op, ignoreCase }: Pick<Comparison, 'op' | 'ignoreCase'>,
  [left, right]: readonly [left: string, right: string],
  dialect: Dialect,
): string {
  return neverNull(COMPARISONS[op](folded(left, ignoreCase), folded(right, ignoreCase), dialect));
}
