/**
 * A Condition as a boolean SQL expression. Every test is TRUE or FALSE and never NULL, so that a `NOT` around it means what
 * the rule says.
 */
import type {
  ComparedSide,
  Comparison,
  Condition,
  ElementTest,
  Test,
} from '../../rule/condition/condition.js';
import { asciiLower } from '../../cloudtrail/field/columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { literal } from '../literal.js';
import { alternativesOf, BETWEEN, CALL_FIELDS } from './alternatives.js';
import { chain } from './chain.js';
import { comparisonSql } from './comparison.js';
import { leafSql, neverNull } from './leaf.js';
import {
  elementScope,
  existsSql,
  listSql,
  TABLE_SCOPE,
  textSql,
  wholeText,
  type Scope,
} from './location.js';
import { spreadComparisonSql, spreadSql } from './spread.js';

/** The SQL of a bound condition. Throws a HuntError if it tests a field that the table does not have. */
export function conditionSql(condition: Condition, dialect: Dialect, scope: Scope): string {
  const column = scope.columnOf?.(condition);
  if (column !== undefined) return column;
  const sqlOf = (part: Condition): string => conditionSql(part, dialect, scope);
  switch (condition.kind) {
    case 'all':
      return joined(condition.of.map(sqlOf), 'AND', 'TRUE');
    case 'any':
      return anySql(condition.of, dialect, scope);
    case 'exactly': {
      const ones = condition.of.map((part) => `CASE WHEN ${sqlOf(part)} THEN 1 ELSE 0 END`);
      return `((${chain(['0', ...ones], '+')}) = ${condition.count})`;
    }
    case 'not': {
      const { of } = condition;
      const sql = sqlOf(of);
      const hasParentheses =
        (of.kind === 'all' || of.kind === 'any') && of.of.length > 1 && sql.startsWith('(');
      return hasParentheses ? `NOT ${sql}` : `NOT (${sql})`;
    }
    case 'constant':
      return condition.value ? 'TRUE' : 'FALSE';
    case 'test':
      return testSql(condition, dialect, scope);
    case 'compare':
      return compareSql(condition, dialect, scope);
    case 'element':
      return elementSql(condition, dialect, scope);
    default:
      return condition satisfies never;
  }
}

/** Many calls are one test of a service and a name as one text. */
function anySql(parts: readonly Condition[], dialect: Dialect, scope: Scope): string {
  const isWhole = (part: Condition): boolean => scope.columnOf?.(part) !== undefined;
  const { others, calls } = scope.isElement
    ? { others: parts, calls: [] }
    : alternativesOf(parts, isWhole);
  const tests = others.map((part) => conditionSql(part, dialect, scope));
  if (calls.length === 0) return joined(tests, 'OR', 'FALSE');
  const [service, name] = CALL_FIELDS.map(asciiLower);
  const isCall = dialect.isOneOf(
    `(${service} || ${literal(BETWEEN)} || ${name})`,
    calls.map(literal),
  );
  return joined([neverNull(isCall), ...tests], 'OR', 'FALSE');
}

/** `empty` is the value of no parts at all. */
function joined(parts: readonly string[], by: 'AND' | 'OR', empty: 'TRUE' | 'FALSE'): string {
  if (parts.length === 0) return empty;
  return parts.length === 1 ? parts.join('') : `(${chain(parts, by)})`;
}

function testSql(test: Test, dialect: Dialect, scope: Scope): string {
  if (test.spread) return spreadSql(test, dialect, scope);
  const location = scope.locate(test.field, test.at);
  // These two operators test for a value of any kind, and not only for a scalar.
  if (test.op === 'isNotNull') return existsSql(location, dialect);
  if (test.op === 'isNull') return `NOT ${existsSql(location, dialect)}`;
  if (test.op === 'mentions') return leafSql(test, wholeText(location, dialect), dialect);
  return leafSql(test, textSql(location, dialect), dialect);
}

function compareSql(comparison: Comparison, dialect: Dialect, scope: Scope): string {
  if (comparison.spread) return spreadComparisonSql(comparison, dialect, scope);
  const textAt = (side: ComparedSide): string => {
    const { locate } = comparison.ofEvent === side ? TABLE_SCOPE : scope;
    return textSql(locate(comparison[side], comparison.at), dialect);
  };
  return comparisonSql(comparison, [textAt('left'), textAt('right')], dialect);
}

/** A missing list fails every test of its elements, even a test that all of them must pass. */
function elementSql(test: ElementTest, dialect: Dialect, scope: Scope): string {
  const location = scope.locate(test.field, test.at);
  const list = listSql(location, dialect);
  if (list === undefined) return 'FALSE';
  const inner = elementScope(scope, location);
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
