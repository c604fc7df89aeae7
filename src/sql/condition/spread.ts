/**
 * Sigma's tests, which hold if they hold for an element of any list on the way to the field. Each key inside JSON is one
 * step over the elements of a list, or over the value itself, so the length of the SQL grows linearly with the path.
 */
import type { FieldLocation } from '../../cloudtrail/fields.js';
import type { FieldPath, Test } from '../../rule/condition/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { leafSql } from './leaf.js';
import { elementScope, existsSql, textSql, type Scope } from './location.js';

/** The SQL of a test with `spread`. */
export function spreadSql(test: Test, dialect: Dialect, scope: Scope): string {
  if (test.op !== 'isNull') return anySql(test, dialect, { scope, field: test.field });
  return `NOT ${anySql({ ...test, op: 'isNotNull' }, dialect, { scope, field: test.field })}`;
}

/** The rest of the way to the field, and the scope where it starts. */
interface Way {
  readonly scope: Scope;
  readonly field: FieldPath;
}

function anySql(test: Test, dialect: Dialect, { scope, field }: Way): string {
  // A list is itself a value, so a test for any value does not look at the elements of the field's own list.
  const testsValue = test.op === 'isNotNull';
  for (let length = 1; length <= field.length - (testsValue ? 1 : 0); length++) {
    const location = scope.locate(field.slice(0, length), test.at);
    const list = elementsSql(location, dialect);
    if (list === undefined) continue;
    const inner = elementScope(scope, location);
    const holds = anySql(test, dialect, { scope: inner, field: field.slice(length) });
    return `COALESCE(${dialect.countElements(list, inner.variable, holds)} > 0, FALSE)`;
  }
  const location = scope.locate(field, test.at);
  if (testsValue) return existsSql(location, dialect);
  return leafSql(test, valueText(location, dialect, scope), dialect);
}

/** The elements of a list, or a single value as a list of one; undefined for a location that has neither. */
function elementsSql(location: FieldLocation, dialect: Dialect): string | undefined {
  if (location.kind === 'list') return location.path.join('.');
  const isInJson = location.kind === 'json' && location.keys.length > 0;
  return isInJson ? dialect.jsonEach(location.column, location.keys) : undefined;
}

/** The text of a value that is not a list: of a scalar, and the JSON of a struct, an object or a whole JSON column. */
function valueText(location: FieldLocation, dialect: Dialect, scope: Scope): string {
  switch (location.kind) {
    case 'json':
      return scope.depth > 0 ? dialect.jsonText(location.column) : location.column;
    case 'struct':
    case 'list':
      return dialect.json(location.path.join('.'));
    case 'text':
    case 'entry':
      return textSql(location, dialect);
    default:
      return location satisfies never;
  }
}
