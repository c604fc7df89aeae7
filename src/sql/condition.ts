/**
 * A Condition as a boolean SQL expression. Two-valued: every leaf is TRUE or FALSE, never NULL, before NOT sees it.
 */
import { fieldNames, placeOf, type FieldPlace } from '../cloudtrail/fields.js';
import { HuntError } from '../errors.js';
import type { Condition, Operator, Test } from '../rule/condition.js';
import { fieldNotation } from '../rule/notation.js';
import { didYouMean } from '../rule/words.js';
import type { Dialect } from './dialect.js';
import { like, likeText, likeWildcard, literal } from './literal.js';

/** The SQL of a condition without parameters. Throws where a test asks for a field that the table does not have. */
export function conditionSql(condition: Condition, dialect: Dialect): string {
  switch (condition.kind) {
    case 'all':
      return joined(condition.of, 'AND', 'TRUE', dialect);
    case 'any':
      return joined(condition.of, 'OR', 'FALSE', dialect);
    case 'exactly': {
      const ones = condition.of.map(
        (part) => `CASE WHEN ${conditionSql(part, dialect)} THEN 1 ELSE 0 END`,
      );
      return `(${['0', ...ones].join(' + ')}) = ${condition.count}`;
    }
    case 'not':
      return `NOT ${enclosed(condition.of, dialect)}`;
    case 'constant':
      return condition.value ? 'TRUE' : 'FALSE';
    case 'test':
      return testSql(condition, dialect);
    default:
      return condition satisfies never;
  }
}

function joined(parts: readonly Condition[], by: string, empty: string, dialect: Dialect): string {
  if (parts.length === 0) return empty;
  const texts = parts.map((part) => conditionSql(part, dialect));
  return texts.length === 1 ? texts.join('') : `(${texts.join(` ${by} `)})`;
}

function enclosed(condition: Condition, dialect: Dialect): string {
  const sql = conditionSql(condition, dialect);
  const isList = condition.kind === 'all' || condition.kind === 'any';
  return isList && condition.of.length > 1 ? sql : `(${sql})`;
}

function testSql(test: Test, dialect: Dialect): string {
  const place = placeOf(test.field);
  if (place === undefined) {
    const name = fieldNotation(test.field);
    throw new HuntError(
      'RULE',
      `the CloudTrail table has no field ${name}.${didYouMean(name, fieldNames())}`,
      { at: test.at },
    );
  }
  if (test.op === 'isNotNull') return existsSql(place, dialect);
  if (test.op === 'isNull') return `NOT ${existsSql(place, dialect)}`;
  return scalarSql(test, textSql(place, dialect), dialect);
}

function existsSql(place: FieldPlace, dialect: Dialect): string {
  switch (place.kind) {
    case 'text':
    case 'whole':
      return `(${place.path.join('.')} IS NOT NULL)`;
    case 'entry':
      return `(${dialect.mapEntry(place.path.join('.'), place.key)} IS NOT NULL)`;
    case 'json':
      return dialect.jsonExists(place.column, place.keys);
    default:
      return place satisfies never;
  }
}

/** The scalar at a place as text; a struct, a list and a whole JSON column are no scalars. */
function textSql(place: FieldPlace, dialect: Dialect): string {
  switch (place.kind) {
    case 'text':
      return place.path.join('.');
    case 'whole':
      return 'CAST(NULL AS VARCHAR)';
    case 'entry':
      return dialect.mapEntry(place.path.join('.'), place.key);
    case 'json':
      return place.keys.length === 0
        ? 'CAST(NULL AS VARCHAR)'
        : dialect.jsonScalar(place.column, place.keys);
    default:
      return place satisfies never;
  }
}

const COMPARISONS: Partial<Record<Operator, string>> = {
  greaterThan: '>',
  greaterThanOrEquals: '>=',
  lessThan: '<',
  lessThanOrEquals: '<=',
};

function scalarSql(test: Test, text: string, dialect: Dialect): string {
  const values = 'parameter' in test.values ? [] : test.values;
  const value = test.ignoreCase ? `lower(${text})` : text;
  const fold = (sql: string): string => (test.ignoreCase ? `lower(${sql})` : sql);
  const anyOf = (one: (value: string) => string): string =>
    values.length === 0 ? 'FALSE' : coalesced(values.map(one).join(' OR '));
  switch (test.op) {
    case 'equals':
    case 'in':
      if (values.length === 0) return 'FALSE';
      return coalesced(`${value} IN (${values.map((item) => fold(literal(item))).join(', ')})`);
    case 'startsWith':
      return anyOf((item) => like(value, `${likeText(item)}%`, fold));
    case 'endsWith':
      return anyOf((item) => like(value, `%${likeText(item)}`, fold));
    case 'contains':
      return anyOf((item) => like(value, `%${likeText(item)}%`, fold));
    case 'wildcard':
      return anyOf((item) => like(value, likeWildcard(item), fold));
    case 'isNullOrEmpty':
      return `COALESCE(${text} = '', TRUE)`;
    case 'isNotNullOrEmpty':
      return coalesced(`${text} <> ''`);
    case 'greaterThan':
    case 'greaterThanOrEquals':
    case 'lessThan':
    case 'lessThanOrEquals':
      return anyOf(
        (item) =>
          `${dialect.number(text)} ${COMPARISONS[test.op]} CAST(${literal(item)} AS DOUBLE)`,
      );
    case 'isNull':
    case 'isNotNull':
      return 'FALSE';
    default:
      return test.op satisfies never;
  }
}

function coalesced(sql: string): string {
  return `COALESCE(${sql}, FALSE)`;
}
