/** Field paths as SQL expressions: in the table, or in the element of a list. */
import type { ColumnType } from '../../cloudtrail/columns.js';
import { fieldNames, placeOf, placeWithin, type FieldPlace } from '../../cloudtrail/fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import type { FieldPath } from '../../rule/condition.js';
import { fieldNotation } from '../../rule/notation.js';
import { didYouMean } from '../../text/did-you-mean.js';
import type { Dialect } from '../dialect/dialect.js';

export interface Scope {
  /** Where a field is; throws a HuntError where there is none such. */
  place(field: FieldPath, at: SourcePosition): FieldPlace;
  readonly depth: number;
}

interface ElementScope extends Scope {
  /** The name of the element in SQL. */
  readonly variable: string;
}

/** The fields of an event in the table. */
export const TABLE_SCOPE: Scope = {
  depth: 0,
  place(field, at) {
    const place = placeOf(field);
    if (place !== undefined) return place;
    const name = fieldNotation(field);
    const near = didYouMean(name, fieldNames());
    throw new HuntError('RULE', `the CloudTrail table has no field ${name}.${near}`, { at });
  },
};

/** The fields of an element of the list at a place. */
export function elementScope(outer: Scope, list: FieldPlace): ElementScope {
  const depth = outer.depth + 1;
  const variable = `e${depth}`;
  const type: ColumnType = list.kind === 'list' ? list.of : { kind: 'json' };
  return {
    depth,
    variable,
    place(field, at) {
      const place = placeWithin(type, field, [variable]);
      if (place !== undefined) return place;
      throw new HuntError('RULE', `an element of the list has no field ${fieldNotation(field)}`, {
        at,
      });
    },
  };
}

/** Whether any value is at a place. */
export function existsSql(place: FieldPlace, dialect: Dialect): string {
  switch (place.kind) {
    case 'text':
    case 'struct':
    case 'list':
      return `(${place.path.join('.')} IS NOT NULL)`;
    case 'entry':
      return `(${dialect.mapEntry(place.path.join('.'), place.key)} IS NOT NULL)`;
    case 'json':
      return dialect.jsonExists(place.column, place.keys);
    default:
      return place satisfies never;
  }
}

const MISSING = 'CAST(NULL AS VARCHAR)';

/** The scalar at a place as text; a struct, a list and a whole JSON column are no scalars. */
export function textSql(place: FieldPlace, dialect: Dialect): string {
  switch (place.kind) {
    case 'text':
      return place.path.join('.');
    case 'struct':
    case 'list':
      return MISSING;
    case 'entry':
      return dialect.mapEntry(place.path.join('.'), place.key);
    case 'json':
      return dialect.jsonScalar(place.column, place.keys);
    default:
      return place satisfies never;
  }
}

/** The whole text of a place that is a column by itself, JSON or not; what is none is missing. */
export function wholeText(place: FieldPlace): string {
  if (place.kind === 'json' && place.keys.length === 0) return place.column;
  return place.kind === 'text' ? place.path.join('.') : MISSING;
}

/** The elements at a place, NULL where there is no list; undefined for a place that never holds one. */
export function listSql(place: FieldPlace, dialect: Dialect): string | undefined {
  switch (place.kind) {
    case 'list':
      return place.path.join('.');
    case 'json':
      return dialect.jsonElements(place.column, place.keys);
    case 'text':
    case 'struct':
    case 'entry':
      return undefined;
    default:
      return place satisfies never;
  }
}
