/**
 * What a condition means, said plainly: its value for one row of the `events` table. Written from the design, with
 * nothing of the SQL, so that the two can be held against each other.
 */
import { asciiLower, COLUMNS, type ColumnType } from '../../src/cloudtrail/field/columns.js';
import { isObject, type Json, type JsonObject } from '../../src/cloudtrail/json.js';
import { type Cell, type EventRecord } from '../../src/cloudtrail/record.js';
import type { Comparison, Condition, FieldPath, Test } from '../../src/rule/condition/condition.js';
import { readAddress, isInNetwork, isPrivate, isPublic } from './evaluate-address.js';
import { opened } from './evaluate-held.js';
import { plainRegex } from './evaluate-regex.js';
import { matchesEscapedWildcard, matchesWildcard } from './evaluate-wildcard.js';

/** A value and how it is held: as the table's type says, or within JSON, where `undefined` is nothing at all. */
type Place =
  | { readonly type: ColumnType; readonly cell: Cell }
  | { readonly type: 'json'; readonly value: Json | undefined };

/** Whether the condition, its parameters bound, holds for the row. */
export function evaluate(condition: Condition, record: EventRecord): boolean {
  const event: Place = { type: { kind: 'struct', members: COLUMNS }, cell: record as JsonObject };
  return holds(condition, event, event);
}

/** `scope` is the event, or an element of a list of it. */
function holds(condition: Condition, scope: Place, event: Place): boolean {
  switch (condition.kind) {
    case 'all':
      return condition.of.every((part) => holds(part, scope, event));
    case 'any':
      return condition.of.some((part) => holds(part, scope, event));
    case 'exactly':
      return condition.of.filter((part) => holds(part, scope, event)).length === condition.count;
    case 'not':
      return !holds(condition.of, scope, event);
    case 'constant':
      return condition.value;
    case 'test':
      if (condition.optional && lacks(scope, condition.field)) return false;
      return condition.spread
        ? spreadHolds(condition, scope)
        : testHolds(condition, find(scope, condition.field));
    case 'compare':
      return comparisonHolds(condition, scope, event);
    case 'element': {
      const elements = elementsOf(find(scope, condition.field));
      if (elements === undefined) return false;
      const holding = elements.filter((element) => holds(condition.of, element, event)).length;
      if (condition.quantifier === 'all') return holding === elements.length;
      return condition.quantifier === 'any' ? holding > 0 : holding === 1;
    }
    default:
      return condition satisfies never;
  }
}

function testHolds(test: Test, place: Place): boolean {
  if ('parameter' in test.values) throw new Error('the parameters of a condition must be bound');
  const { op, values } = test;
  const scalar = scalarOf(place);
  const text = scalar === undefined ? undefined : folded(scalar, test.ignoreCase);
  const given = values.map((value) => folded(value, test.ignoreCase));
  switch (op) {
    case 'isNull':
      return isMissing(place);
    case 'isNotNull':
      return !isMissing(place);
    case 'isNullOrEmpty':
      // Asks for a scalar: a list, an object or a struct is none.
      return text === undefined || text === '';
    case 'isNotNullOrEmpty':
      return text !== undefined && text !== '';
    case 'mentions':
      return values.some((value) => mentions(place, value));
    case 'equals':
    case 'in':
    case 'startsWith':
    case 'endsWith':
    case 'contains':
    case 'greaterThan':
    case 'greaterThanOrEquals':
    case 'lessThan':
    case 'lessThanOrEquals':
      return text !== undefined && given.some((value) => compares(text, op, value));
    case 'wildcard':
      return text !== undefined && given.some((value) => matchesWildcard(text, value));
    case 'escapedWildcard':
      return text !== undefined && given.some((value) => matchesEscapedWildcard(text, value));
    case 'regex':
      return scalar !== undefined && values.some((value) => plainRegex(value).test(scalar));
    case 'isAddress':
      return text !== undefined && readAddress(text) !== undefined;
    case 'inCidr':
      return text !== undefined && values.some((value) => isInNetwork(text, value));
    case 'isPublicAddress':
      return text !== undefined && isPublic(text);
    case 'isPrivateAddress':
      return text !== undefined && isPrivate(text);
    default:
      return op satisfies never;
  }
}

/** Lists on the way count as each of their elements; what is at the end is asked for as it is, else its elements. */
function spreadHolds(test: Test, scope: Place): boolean {
  const asksValue = test.op === 'isNull' || test.op === 'isNotNull';
  const reached = placesOnWay(test.field, scope, asksValue);
  if (test.op === 'isNull') return reached.every(isMissing);
  return reached.some((place) => testHolds(test, asksValue ? place : wholeOf(place)));
}

function placesOnWay(field: FieldPath, scope: Place, keepsLast: boolean): readonly Place[] {
  return field.reduce<readonly Place[]>(
    (places, key, index) => {
      const values = places.map((place) => below(place, key));
      const isLast = index === field.length - 1;
      if (isLast && keepsLast) return values;
      // A text at the end is tested as it is, even if it holds a list.
      return values.flatMap((value) => eachOf(value, isLast));
    },
    [scope],
  );
}

/** The elements of a list within JSON, or its value alone, and of a list of the table; else the place itself. */
function eachOf(place: Place, isLast: boolean): readonly Place[] {
  const isText = place.type === 'json' && typeof place.value === 'string';
  if (place.type === 'json') return isLast && isText ? [place] : (elementsOf(place) ?? [place]);
  return place.type.kind === 'list' ? (elementsOf(place) ?? []) : [place];
}

/** An object within JSON, and a column of JSON, as its text. */
function wholeOf(place: Place): Place {
  if (place.type !== 'json')
    return place.type.kind === 'json'
      ? { type: { kind: 'text' }, cell: jsonText(place.cell) }
      : place;
  const hasParts = typeof place.value === 'object' && place.value !== null;
  return hasParts ? { type: 'json', value: JSON.stringify(place.value) } : place;
}

function comparisonHolds(comparison: Comparison, scope: Place, event: Place): boolean {
  const { op, ignoreCase, ofEvent, spread } = comparison;
  const textsOf = (side: 'left' | 'right'): readonly string[] => {
    const [field, start] = [comparison[side], ofEvent === side ? event : scope];
    const places = spread ? placesOnWay(field, start, false) : [find(start, field)];
    return places.flatMap((place) => scalarOf(place) ?? []);
  };
  return textsOf('left').some((one) =>
    textsOf('right').some((other) =>
      compares(folded(one, ignoreCase), op, folded(other, ignoreCase)),
    ),
  );
}

function compares(text: string, op: Comparison['op'] | 'in', value: string): boolean {
  switch (op) {
    case 'equals':
    case 'in':
      return text === value;
    case 'startsWith':
      return text.startsWith(value);
    case 'endsWith':
      return text.endsWith(value);
    case 'contains':
      return text.includes(value);
    case 'greaterThan':
      return numbers(text, value, (a, b) => a > b);
    case 'greaterThanOrEquals':
      return numbers(text, value, (a, b) => a >= b);
    case 'lessThan':
      return numbers(text, value, (a, b) => a < b);
    case 'lessThanOrEquals':
      return numbers(text, value, (a, b) => a <= b);
    default:
      return op satisfies never;
  }
}

/** As a rule's own numbers may be written: bounded, so that none is infinite. */
const NUMBER = /^-?[0-9]{1,100}(\.[0-9]{1,100})?([eE][+-]?[0-9]{1,2})?$/;

function numbers(a: string, b: string, compare: (a: number, b: number) => boolean): boolean {
  return NUMBER.test(a) && NUMBER.test(b) && compare(Number(a), Number(b));
}

function folded(text: string, ignoreCase: boolean): string {
  return ignoreCase ? text.toLowerCase() : text;
}

/** The place at a path below another: a member, a map's entry, or a key or index within JSON. */
function find(scope: Place, field: FieldPath): Place {
  const [key, ...rest] = field;
  return key === undefined ? scope : find(below(scope, key), rest);
}

function lacks(scope: Place, [key, ...rest]: FieldPath): boolean {
  if (key === undefined || scope.type === 'json' || scope.type.kind !== 'struct') return false;
  const isThere = scope.type.members.some(({ name }) => asciiLower(name) === asciiLower(key));
  return !isThere || lacks(below(scope, key), rest);
}

/** An error field that is empty, or that says that there was no error. */
function isNoError(cell: Cell): boolean {
  if (typeof cell !== 'string') return false;
  const bare = cell
    .toLowerCase()
    .replaceAll(/^[- \t\r\n.,'"\\/#<>(){}[\]]+|[- \t\r\n.,'"\\/#<>(){}[\]]+$/g, '');
  const none = ['', 'n', 'null', 'none', 'nan', 'na', 'n/a', 'nil', 'undefined', 'false', '0'];
  return [...none, 'ok', 'success'].includes(bare) || /^2\d\d$/.test(bare);
}

function below(place: Place, key: string): Place {
  const { type } = place;
  if (type === 'json') return { type, value: valueAt(place.value, key) };
  switch (type.kind) {
    case 'json':
      return { type: 'json', value: valueAt(place.cell, key) };
    case 'struct': {
      const member = type.members.find(({ name }) => asciiLower(name) === asciiLower(key));
      if (member === undefined) throw new Error(`the table has no such field: ${key}`);
      const cell = cellAt(place.cell, asciiLower(member.name));
      const isNone = /^error(?:Code|Message)$/.test(member.name) && isNoError(cell);
      return { type: member.type, cell: isNone ? null : cell };
    }
    case 'map':
      return { type: { kind: 'text' }, cell: cellAt(place.cell, key) };
    case 'list':
      if (!/^\d+$/.test(key)) throw new Error(`the list has no such index: ${key}`);
      return { type: type.of, cell: (isList(place.cell) ? place.cell[Number(key)] : null) ?? null };
    case 'text':
      throw new Error(`the table has nothing below this field: ${key}`);
    default:
      return type satisfies never;
  }
}

function valueAt(container: Json | undefined, key: string): Json | undefined {
  const value = opened(container);
  if (Array.isArray(value))
    return /^(0|[1-9][0-9]*)$/.test(key) ? (value[Number(key)] as Json | undefined) : undefined;
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function cellAt(cell: Cell, key: string): Cell {
  if (typeof cell !== 'object' || cell === null || isList(cell)) return null;
  return Object.hasOwn(cell, key) ? (cell[key] ?? null) : null;
}

function jsonText(cell: Cell): string | null {
  return cell === null ? null : JSON.stringify(cell);
}

function isList(cell: Cell): cell is readonly Cell[] {
  return Array.isArray(cell);
}

/** Whether there is no value: absent or JSON null. */
function isMissing(place: Place): boolean {
  return place.type === 'json' ? (place.value ?? null) === null : place.cell === null;
}

/** The text of a scalar; a list, an object or a struct has none. */
function scalarOf(place: Place): string | undefined {
  if (place.type !== 'json')
    return place.type.kind === 'text' && typeof place.cell === 'string' ? place.cell : undefined;
  const { value } = place;
  if (value === undefined || value === null || typeof value === 'object') return undefined;
  return String(value);
}

/** The elements of a list, or undefined for what is none: of that no test of elements holds. */
function elementsOf(place: Place): readonly Place[] | undefined {
  if (place.type !== 'json' && place.type.kind === 'list') {
    const { type, cell } = place;
    return cell !== null && isList(cell)
      ? cell.map((item) => ({ type: type.of, cell: item }))
      : undefined;
  }
  const value = opened(jsonOf(place));
  return Array.isArray(value)
    ? value.map((item: Json) => ({ type: 'json', value: item }))
    : undefined;
}

function jsonOf(place: Place): Json | undefined {
  if (place.type === 'json') return place.value;
  return place.type.kind === 'json' ? place.cell : undefined;
}

/** Whether this text is a string at the place or anywhere below it, be it a key; asked of JSON alone. */
function mentions(place: Place, text: string): boolean {
  const within = (value: Json | undefined): boolean => {
    if (typeof value === 'string') return value === text;
    if (Array.isArray(value)) return value.some(within);
    return isObject(value) && (Object.hasOwn(value, text) || Object.values(value).some(within));
  };
  return within(jsonOf(place));
}
