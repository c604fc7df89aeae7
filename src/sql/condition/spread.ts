/**
 * Tests that ask lists for any of their elements, wherever the lists stand on the way to the field. Each key inside
 * JSON is one step, over the elements of a list or over the value alone, so the SQL grows with the path and no faster.
 */
import type { FieldPlace } from '../../cloudtrail/fields.js';
import type { FieldPath, Test } from '../../rule/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { leafSql } from './leaf.js';
import { elementScope, existsSql, textSql, type Scope } from './place.js';

/** The SQL of a test with `spread`. */
export function spreadSql(test: Test, dialect: Dialect, scope: Scope): string {
  if (test.op !== 'isNull') return anySql(test, test.field, dialect, scope);
  return `NOT ${anySql({ ...test, op: 'isNotNull' }, test.field, dialect, scope)}`;
}

function anySql(test: Test, field: FieldPath, dialect: Dialect, scope: Scope): string {
  // A list is a value itself, so what is there is asked of the field and not of its elements.
  const asksValue = test.op === 'isNotNull';
  for (let length = 1; length <= field.length - (asksValue ? 1 : 0); length++) {
    const place = scope.place(field.slice(0, length), test.at);
    const list = eachSql(place, dialect);
    if (list === undefined) continue;
    const inner = elementScope(scope, place);
    const holds = anySql(test, field.slice(length), dialect, inner);
    return `COALESCE(${dialect.countElements(list, inner.variable, holds)} > 0, FALSE)`;
  }
  const place = scope.place(field, test.at);
  if (asksValue) return existsSql(place, dialect);
  return leafSql(test, valueText(place, dialect, scope), dialect);
}

/** The elements of a list, or a value alone; undefined for a place that holds neither. */
function eachSql(place: FieldPlace, dialect: Dialect): string | undefined {
  if (place.kind === 'list') return place.path.join('.');
  const isInJson = place.kind === 'json' && place.keys.length > 0;
  return isInJson ? dialect.jsonEach(place.column, place.keys) : undefined;
}

/** The text of a value that is no list; a struct and the whole of a JSON column have their JSON. */
function valueText(place: FieldPlace, dialect: Dialect, scope: Scope): string {
  switch (place.kind) {
    case 'json':
      return scope.depth > 0 ? dialect.jsonText(place.column) : place.column;
    case 'struct':
    case 'list':
      return dialect.json(place.path.join('.'));
    case 'text':
    case 'entry':
      return textSql(place, dialect);
    default:
      return place satisfies never;
  }
}
