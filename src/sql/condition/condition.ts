/**
 * A Condition as a boolean SQL expression. Two-valued: every leaf is TRUE or FALSE, never NULL, before NOT sees it.
 */
import type { Comparison, Condition, ElementTest, Test } from '../../rule/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { elementScope, existsSql, listSql, textSql, wholeText, type Scope } from './place.js';
import { comparisonSql, leafSql } from './leaf.js';
import { spreadSql } from './spread.js';

/** The SQL of a condition without parameters. Throws where a test asks for a field that the table does not have. */
export function conditionSql(condition: Condition, dialect: Dialect, scope: Scope): string {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, 'AND', 'TRUE', dialect, scope);
    case 'any':
      return joined(condition.of, 'OR', 'FALSE', dialect, scope);
    case 'exactly': {
      const ones = condition.of.map(
        (part) => `CASE WHEN ${conditionSql(part, dialect, scope)} THEN 1 ELSE 0 END`,
      );
      return `((${['0', ...ones].join(' + ')}) = ${condition.count})`;
    }
    case 'not':
      return `NOT ${enclosed(condition.of, dialect, scope)}`;
    case 'constant':
      return condition.value ? 'TRUE' : 'FALSE';
    case 'test':
      return fieldTestSql(condition, dialect, scope);
    case 'compare':
      return compareSql(condition, dialect, scope);
    case 'element':
      return elementSql(condition, dialect, scope);
    default:
      return condition satisfies never;
  }
}

function joined(
  parts: readonly Condition[],
  by: string,
  empty: string,
  dialect: Dialect,
  scope: Scope,
): string {
  if (parts.length === 0) return empty;
  const texts = parts.map((part) => conditionSql(part, dialect, scope));
  return texts.length === 1 ? texts.join('') : `(${texts.join(` ${by} `)})`;
}

function enclosed(condition: Condition, dialect: Dialect, scope: Scope): string {
  const sql = conditionSql(condition, dialect, scope);
  const isList = condition.kind === 'all' || condition.kind === 'any';
  return isList && condition.of.length > 1 ? sql : `(${sql})`;
}

function fieldTestSql(test: Test, dialect: Dialect, scope: Scope): string {
  if (test.spread) return spreadSql(test, dialect, scope);
  const place = scope.place(test.field, test.at);
  if (test.op === 'isNotNull') return existsSql(place, dialect);
  if (test.op === 'isNull') return `NOT ${existsSql(place, dialect)}`;
  if (test.op === 'mentions') return leafSql(test, wholeText(place), dialect);
  return leafSql(test, textSql(place, dialect), dialect);
}

function compareSql(
  { left, right, at, ...how }: Comparison,
  dialect: Dialect,
  scope: Scope,
): string {
  const [a, b] = [left, right].map((field) => textSql(scope.place(field, at), dialect));
  return comparisonSql(how, a ?? '', b ?? '', dialect);
}

/** A missing list has no element, and not all of its elements are anything. */
function elementSql(test: ElementTest, dialect: Dialect, scope: Scope): string {
  const place = scope.place(test.field, test.at);
  const list = listSql(place, dialect);
  if (list === undefined) return 'FALSE';
  const inner = elementScope(scope, place);
  const holds = conditionSql(test.of, dialect, inner);
  const count = (condition: string): string =>
    dialect.countElements(list, inner.variable, condition);
  switch (test.quantifier) {
    case 'any':
      return `COALESCE(${count(holds)} > 0, FALSE)`;
    case 'one':
      return `COALESCE(${count(holds)} = 1, FALSE)`;
    case 'all':
      return `COALESCE(${count(`NOT (${holds})`)} = 0, FALSE)`;
    default:
      return test.quantifier satisfies never;
  }
}
