/**
 * Whether a condition of the rule language holds for a finding. A finding has all fields of its event, so this needs no engine.
 * The result is undefined for a test that only an engine can do: such a condition accepts nothing.
 */
import { asciiLower } from '../cloudtrail/field/columns.js';
import { locationOf } from '../cloudtrail/field/fields.js';
import { opened, valueInside } from '../cloudtrail/field/inside.js';
import { isObject, member, type Json } from '../cloudtrail/json.js';
import type { EventFields } from '../report/finding.js';
import { documentedKeys, isEventField } from '../report/sheet/field.js';
import type {
  Comparison,
  Condition,
  ElementTest,
  FieldPath,
  Test,
} from '../rule/condition/condition.js';
import { compiled, type Holds, type Leaf } from '../rule/condition/holds.js';
import { textTest } from '../rule/condition/text-test.js';

/** The fields of an event, and those that CloudTrail does not document. */
export type EventOfFinding = EventFields & { readonly extra: Json };

interface Scope {
  readonly event: EventOfFinding;
  /** Of a list; the event itself where no list is looked into. */
  readonly element: Json | undefined;
}

type ValueIn = (scope: Scope) => Json;

/** The condition as a function of findings. */
export function findingCondition(condition: Condition): Holds<EventOfFinding> {
  const holds = compiled<Scope>(condition, (leaf) => leafHolds(leaf, eventValue));
  return (event) => holds({ event, element: undefined });
}

function leafHolds(leaf: Leaf, valueOf: (field: FieldPath) => ValueIn): Holds<Scope> {
  switch (leaf.kind) {
    case 'test':
      return leaf.spread === true ? () => undefined : testHolds(leaf, valueOf(leaf.field));
    case 'compare':
      return comparisonHolds(leaf, valueOf);
    case 'element':
      return elementHolds(leaf, valueOf);
    default:
      return leaf satisfies never;
  }
}

function testHolds(test: Test, valueIn: ValueIn): Holds<Scope> {
  const { op } = test;
  if (op === 'isNull') return (scope) => valueIn(scope) === null;
  if (op === 'isNotNull') return (scope) => valueIn(scope) !== null;
  if (op === 'mentions' && !('parameter' in test.values)) {
    const texts = test.values.map((value) => JSON.stringify(value));
    return (scope) => {
      const within = JSON.stringify(valueIn(scope));
      return texts.some((text) => within.includes(text));
    };
  }
  const holds = textTest(test);
  return (scope) => holds(scalarOf(valueIn(scope)));
}

function comparisonHolds(
  { left, op, ignoreCase, right, ofEvent, spread, at }: Comparison,
  valueOf: (field: FieldPath) => ValueIn,
): Holds<Scope> {
  if (spread === true) return () => undefined;
  const [one, other] = [
    (ofEvent === 'left' ? eventValue : valueOf)(left),
    (ofEvent === 'right' ? eventValue : valueOf)(right),
  ];
  return (scope) => {
    const value = scalarOf(other(scope));
    if (value === null) return false;
    const test: Test = { kind: 'test', field: left, op, ignoreCase, values: [value], at };
    return textTest(test)(scalarOf(one(scope)));
  };
}

function elementHolds(
  { field, quantifier, of }: ElementTest,
  above: (field: FieldPath) => ValueIn,
): Holds<Scope> {
  // A text is no list, also where it looks like one.
  if (isText(field, above)) return () => false;
  const valueIn = above(field);
  // The only documented list: its elements have the keys of a struct.
  const isStruct = field.length === 1 && documentedKeys(field)[0] === 'resources';
  const valueOf = isStruct ? structValue : elementValue;
  const holds = compiled<Scope>(of, (leaf) => leafHolds(leaf, valueOf));
  return ({ event, element: outer }) => {
    const list = opened(valueIn({ event, element: outer }));
    if (!Array.isArray(list)) return false;
    const results = list.map((element: Json) => holds({ event, element }));
    const holding = results.filter((result) => result === true).length;
    if (quantifier === 'any' && holding > 0) return true;
    if (quantifier === 'all' && results.includes(false)) return false;
    if (results.includes(undefined)) return undefined;
    if (quantifier === 'one') return holding === 1;
    return quantifier === 'all';
  };
}

/** Whether a field is a text, in which no JSON is looked for. */
function isText(field: FieldPath, valueOf: (field: FieldPath) => ValueIn): boolean {
  if (valueOf !== eventValue) return valueOf === structValue;
  const kind = locationOf(field)?.kind;
  return kind === 'text' || kind === 'item' || kind === 'entry';
}

/** A field of the event: of a documented column, or else of the fields that a finding keeps by their whole path. */
function eventValue(field: FieldPath): ValueIn {
  const [root = '', ...inner] = documentedKeys(field);
  const name = field.join('.');
  return ({ event }) =>
    (isEventField(root) ? valueInside(event[root], inner) : null) ?? member(event.extra, name);
}

function elementValue(field: FieldPath): ValueIn {
  return ({ element = null }) => valueInside(element, field);
}

/** The keys of a struct are found in any case. */
function structValue([name = '', ...inner]: FieldPath): ValueIn {
  const wanted = asciiLower(name);
  return ({ element = null }) => {
    if (name === '' || !isObject(element)) return name === '' ? element : null;
    const key = Object.keys(element).find((one) => asciiLower(one) === wanted);
    return key === undefined ? null : valueInside(element[key] ?? null, inner);
  };
}

/** A list or an object counts as missing where a text is asked for. */
function scalarOf(value: Json): string | null {
  return value === null || typeof value === 'object' ? null : String(value);
}
