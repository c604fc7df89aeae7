/** Fields as SQL expressions: those of an event in the table, and those of an element of a list. */
import type { ColumnType } from '../../cloudtrail/field/columns.js';
import { locationOf, locationWithin, type FieldLocation } from '../../cloudtrail/field/fields.js';
import { ERROR_COLUMNS, NO_ERROR_PATTERN } from '../../cloudtrail/field/no-error.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import type { Condition, FieldPath } from '../../rule/condition/condition.js';
import { fieldNotation } from '../../rule/condition/notation.js';
import { unknownField } from '../../rule/unknown-field.js';
import type { Dialect } from '../dialect/dialect.js';
import { EVENT_ID } from '../event-id.js';
import { heldElements, heldValue, whereHeld, type JsonPath } from './held-json.js';

/** A location, and for one inside JSON where on the way to it a text may stand (see `held-json.ts`). */
export type Located = FieldLocation & {
  /** Undefined: no text on the way is opened. */
  readonly opensFrom?: number | undefined;
};

/** The object to which the fields of a condition belong: the event, or an element of a list. */
export interface Scope {
  /** The location of a field. Throws a HuntError at `at` where there is no such field. */
  readonly locate: (field: FieldPath, at: SourcePosition) => Located;
  /** How many lists' elements have a name in the SQL around it. */
  readonly depth: number;
  /** Whether the object is an element of a list. */
  readonly isElement: boolean;
  /** Whether a text on the way to a field counts as the JSON that it holds. */
  readonly opensTexts: boolean;
  /** The column that holds whether a condition is met (`shared.ts`); undefined for a condition without one. */
  readonly columnOf?: ((condition: Condition) => string | undefined) | undefined;
}

interface ElementScope extends Scope {
  /** The element's name in SQL. */
  readonly variable: string;
}

/** The fields of an event in the table. */
export const TABLE_SCOPE: Scope = {
  depth: 0,
  isElement: false,
  opensTexts: true,
  locate: (field, at) => {
    const location = locationOf(field);
    if (location !== undefined) return { ...location, opensFrom: 1 };
    throw unknownField(field, at);
  },
};

/** The scope, but no text in it is opened. */
export function plain(scope: Scope): Scope {
  return {
    ...scope,
    opensTexts: false,
    locate: (field, at) => ({ ...scope.locate(field, at), opensFrom: undefined }),
  };
}

/** The fields of an element of the list at a location. */
export function elementScope(outer: Scope, list: FieldLocation): ElementScope {
  const depth = outer.depth + 1;
  const variable = `e${depth}`;
  const type: ColumnType = list.kind === 'list' ? list.of : { kind: 'json' };
  return {
    depth,
    isElement: true,
    opensTexts: outer.opensTexts,
    variable,
    locate: (field, at) => {
      const location = locationWithin(type, field, [variable]);
      if (location !== undefined)
        return { ...location, opensFrom: outer.opensTexts ? 0 : undefined };
      throw new HuntError('RULE', `an element of the list has no field ${fieldNotation(field)}`, {
        at,
      });
    },
  };
}

/** Whether there is any value at a location. */
export function existsSql(location: Located, dialect: Dialect): string {
  switch (location.kind) {
    case 'text':
      return `(${textAt(location.path, dialect)} IS NOT NULL)`;
    case 'item':
      return `(${itemSql(location, dialect)} IS NOT NULL)`;
    case 'struct':
    case 'list':
      return `(${location.path.join('.')} IS NOT NULL)`;
    case 'entry':
      return `(${dialect.mapEntry(location.path.join('.'), location.key)} IS NOT NULL)`;
    case 'json':
      return jsonExistsSql(location, dialect);
    default:
      return location satisfies never;
  }
}

const MISSING = 'CAST(NULL AS VARCHAR)';

/** The scalar at a location as text. A struct, a list and a whole JSON column are not scalars, and count as missing. */
export function textSql(location: Located, dialect: Dialect): string {
  switch (location.kind) {
    case 'text':
      return textAt(location.path, dialect);
    case 'item':
      return itemSql(location, dialect);
    case 'struct':
    case 'list':
      return MISSING;
    case 'entry':
      return dialect.mapEntry(location.path.join('.'), location.key);
    case 'json':
      return jsonTextSql(location, dialect);
    default:
      return location satisfies never;
  }
}

/** The whole text of a column, JSON or not; every other location counts as missing. */
export function wholeText(location: FieldLocation, dialect: Dialect): string {
  if (location.kind === 'json' && location.keys.length === 0) return location.column;
  return location.kind === 'text' ? textAt(location.path, dialect) : MISSING;
}

/** A column or a member of a struct. An error field that says that there was no error is missing, and so is an empty ID. */
function textAt(path: readonly string[], dialect: Dialect): string {
  const column = path.join('.');
  if (column === 'eventid') return EVENT_ID;
  if (!ERROR_COLUMNS.has(column)) return column;
  // CASE and not NULLIF: Trino 483 fails on NULLIF inside a lambda, where an element of a list is compared with the column.
  return `CASE WHEN NOT ${dialect.matches(`lower(${column})`, NO_ERROR_PATTERN)} THEN ${column} END`;
}

function itemSql(
  { path, index, member }: FieldLocation & { readonly kind: 'item' },
  dialect: Dialect,
): string {
  return [dialect.listItem(path.join('.'), index), ...member].join('.');
}

/** The elements of the list at a location, NULL if there is no list; undefined if there can never be one. */
export function listSql(location: Located, dialect: Dialect): string | undefined {
  switch (location.kind) {
    case 'list':
      return location.path.join('.');
    case 'json':
      return jsonListSql(location, dialect);
    case 'text':
    case 'item':
    case 'struct':
    case 'entry':
      return undefined;
    default:
      return location satisfies never;
  }
}

type JsonLocation = Located & { readonly kind: 'json' };

function jsonTextSql(location: JsonLocation, dialect: Dialect): string {
  const own = dialect.jsonScalar(location.column, location.keys);
  const path = pathThroughText(location);
  if (path === undefined) return own;
  const below = dialect.bound(heldValue(path, dialect), 'v', dialect.jsonScalar('v', []));
  return `COALESCE(${own}, ${whereHeld(path, below, dialect)})`;
}

function jsonExistsSql(location: JsonLocation, dialect: Dialect): string {
  const own = dialect.jsonExists(location.column, location.keys);
  const path = pathThroughText(location);
  if (path === undefined) return own;
  const below = dialect.jsonExists(heldValue(path, dialect), []);
  return `(${own} OR COALESCE(${whereHeld(path, below, dialect)}, FALSE))`;
}

function jsonListSql(location: JsonLocation, dialect: Dialect): string {
  const { column, keys, opensFrom } = location;
  const own = dialect.jsonElements(column, keys);
  // A text may also be the list itself.
  if (opensFrom === undefined || keys.length < opensFrom) return own;
  const path = { column, keys, opensFrom };
  return `COALESCE(${own}, ${whereHeld(path, heldElements(path, dialect), dialect)})`;
}

/** The path, if a text can stand on the way to its end. */
function pathThroughText({ column, keys, opensFrom }: JsonLocation): JsonPath | undefined {
  return opensFrom !== undefined && keys.length > opensFrom
    ? { column, keys, opensFrom }
    : undefined;
}
