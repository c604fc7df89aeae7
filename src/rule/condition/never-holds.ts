/**
 * Says what in a rule can hold for no event. Such a rule is no error, and finds nothing, so its zero would look like a result.
 * Few mistakes can be told without the logs: only those that are certain are said.
 */
import { locationOf } from '../../cloudtrail/field/fields.js';
import { firstFew } from '../../text/first-few.js';
import { truncate } from '../../text/width.js';
import {
  conjunctsOf,
  type Condition,
  type ElementTest,
  type FieldPath,
  type Test,
} from './condition.js';
import {
  columnOf,
  impossibleValues,
  isList,
  namesOfFields,
  valuesOf,
} from './impossible-values.js';
import { fieldNotation, notation } from './notation.js';
import { operatorRow, type Operator } from './operators.js';
import { requiredValues } from './required-values.js';

const MOST_NAMED = 3;
/** In columns. */
const LONGEST_NOTATION = 100;

/**
 * What can hold for no event, as sentences: tests without values, of what is no text or list, or for a value that the field never has, and top-level parts that exclude each other. `written` is the condition with its parameters, `bound` the one with
 * their values. A parameter without values is not said: it has a warning of its own. Nor is an exclusion without values: its list
 * is still empty, and the rule finds all the same.
 */
export function neverHolding(written: Condition, bound: Condition): readonly string[] {
  const parts = conjunctsOf(bound);
  return [
    ...new Set([
      ...placedTests(written).flatMap(emptyList),
      ...placedTests(bound).flatMap(testOfObject),
      ...eventTests(bound).flatMap(impossibleValues),
      ...placedTests(bound).flatMap(strayFields),
      ...disjointValues(parts),
      ...missingAndTested(parts),
    ]),
  ];
}

/** A test, and where in a condition it stands. */
interface PlacedTest {
  readonly test: Test | ElementTest;
  /** False inside a `not`: the test must fail for the condition to be met. */
  readonly holds: boolean;
  /** False for a field of an element: it is the element's own, whatever its name. */
  readonly ofEvent: boolean;
}

type Place = Omit<PlacedTest, 'test'>;

function placedTests(
  condition: Condition,
  place: Place = { holds: true, ofEvent: true },
): readonly PlacedTest[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap((part) => placedTests(part, place));
    case 'element':
      return [
        { test: condition, ...place },
        ...placedTests(condition.of, { ...place, ofEvent: false }),
      ];
    case 'not':
      return placedTests(condition.of, { ...place, holds: !place.holds });
    case 'test':
      return [{ test: condition, ...place }];
    case 'compare':
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

function emptyList({ test, holds }: PlacedTest): readonly string[] {
  if (!holds || test.kind === 'element') return [];
  const { field, op, values } = test;
  const { takes, notation: name } = operatorRow(op);
  const isEmpty = takes !== 'nothing' && !('parameter' in values) && values.length === 0;
  return isEmpty
    ? [`a test without values holds for no event: ${fieldNotation(field)} ${name} []`]
    : [];
}

/** The sentence about a whole column of JSON as one value, or as a list. CloudTrail writes an object in each of them. */
function testOfObject({ test, holds, ofEvent }: PlacedTest): readonly string[] {
  const location = ofEvent ? locationOf(test.field) : undefined;
  if (location?.kind !== 'json' || location.keys.length > 0) return [];
  const name = fieldNotation(test.field);
  if (test.kind === 'element')
    return holds
      ? [
          `${name} is an object, and a test of its elements holds for no event: name the list in it, as ${name}.items`,
        ]
      : [];
  const isVain = test.op === 'isNullOrEmpty' ? !holds : holds && !passesForObject(test.op);
  return isVain
    ? [
        `${name} is an object, and a test of it as one value holds for no event: test a field in it, or the whole with Exists (in Sigma, exists: true)`,
      ]
    : [];
}

/**
 * The sentences about fields of the event where none is meant: as a value, and inside a test of elements, whose fields start at the
 * element.
 */
function strayFields({ test, ofEvent }: PlacedTest): readonly string[] {
  const values = test.kind === 'test' ? namesOfFields(test) : [];
  const [root = '', ...below] = test.field;
  if (ofEvent || below.length === 0 || !OF_EVENTS.has(root)) return values;
  const name = fieldNotation(test.field);
  return [
    ...values,
    `the fields of Expressions start at the element, and ${name} is no part of it. For a field of the event, use EventKeyPath`,
  ];
}

/** Columns of JSON, which are no keys inside of a list. */
const OF_EVENTS = new Set(['requestParameters', 'responseElements']);

/** Tests of text are those of its JSON. */
function passesForObject(op: Operator): boolean {
  return op === 'isNull' || op === 'isNotNull' || operatorRow(op).takes === 'texts';
}

/** The values of all tests that ask whether this column of text is one of them. */
export function namesTested(condition: Condition, column: string): readonly string[] {
  const asking = eventTests(condition).filter(isList);
  return asking
    .filter(({ field }) => columnOf(field) === column.toLowerCase())
    .flatMap((one) => valuesOf(one));
}

/** The tests of the event, also those inside a `not`: an exclusion that never holds is a mistake too. */
function eventTests(condition: Condition): readonly Test[] {
  return placedTests(condition).flatMap(({ test, ofEvent }) =>
    ofEvent && test.kind === 'test' ? [test] : [],
  );
}

/** The sentences about parts that list values of a field, and have none in common. */
function disjointValues(parts: readonly Condition[]): readonly string[] {
  const columns = new Set(
    parts.flatMap(eventTests).flatMap((one) => (isList(one) ? (columnOf(one.field) ?? []) : [])),
  );
  return [...columns].flatMap((column) => {
    const asking = parts.filter((part) => {
      // A part without values is an empty list, or a parameter: it has a warning of its own.
      const required = requiredValues(part, column);
      return required !== undefined && required.values.length > 0;
    });
    const exclude = (some: readonly Condition[]): boolean =>
      requiredValues({ kind: 'all', of: some }, column)?.values.length === 0;
    // Parts that have values in common would hide the two that have none.
    return exclude(asking) ? [excluding(firstPair(asking, exclude) ?? asking)] : [];
  });
}

/** The first two of these that are a pair of the kind. */
function firstPair<T>(
  all: readonly T[],
  isPair: (pair: readonly [T, T]) => boolean,
): readonly [T, T] | undefined {
  for (const [index, one] of all.entries()) {
    const other = all.slice(0, index).find((before) => isPair([before, one]));
    if (other !== undefined) return [other, one];
  }
  return undefined;
}

/** The sentences about fields that must be missing, and have a value. */
function missingAndTested(parts: readonly Condition[]): readonly string[] {
  const tests = parts.flatMap((part) => (part.kind === 'test' ? [part] : []));
  return tests
    .filter(({ op }) => op === 'isNull')
    .flatMap((missing) => {
      const name = nameOf(missing.field);
      const other = tests.find((test) => nameOf(test.field) === name && needsValue(test));
      return other === undefined ? [] : [excluding([missing, other])];
    });
}

function excluding(parts: readonly Condition[]): string {
  const texts = parts.map((part) => truncate(notation(part), LONGEST_NOTATION));
  const named = firstFew(texts, MOST_NAMED, { separator: '; ' });
  return `these exclude each other, so no event meets the rule: ${named}`;
}

function needsValue({ op }: Test): boolean {
  return op !== 'isNull' && op !== 'isNullOrEmpty';
}

/** Columns and members of structs match in any case, keys inside JSON exactly. */
function nameOf(field: FieldPath): string {
  return JSON.stringify(columnOf(field) ?? field);
}
