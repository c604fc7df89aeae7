/** What a rule requires of an event, as plain data. It knows no SQL. */
import type { SourcePosition } from '../../errors.js';
import type { ComparisonOperator, Operator } from './operators.js';

/** The keys to a value, outermost first. Inside a test of elements, the empty path is the element itself. */
export type FieldPath = readonly string[];

/** The values that a test compares with, as text, or the name of the parameter that gives them. */
export type Values = readonly string[] | { readonly parameter: string };

/** Weeks are those of ISO 8601. */
export type TimePart = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** Compares a field with values. */
export interface Test {
  readonly kind: 'test';
  readonly field: FieldPath;
  readonly op: Operator;
  /** True: `lower()` of both sides is compared. */
  readonly ignoreCase: boolean;
  /**
   * True, for Sigma: where the field, or a key on the way to it, holds a list, the test holds if it holds for an element;
   * an object is tested as its JSON text.
   */
  readonly spread?: true;
  /** The part of the time in the field that is tested, as a number in UTC; absent where the text itself is tested. */
  readonly part?: TimePart;
  /** True: a table may lack the field, which then counts as missing. Otherwise the rule cannot be hunted there. */
  readonly optional?: true;
  /** The test holds if any of these fits. Empty if the operator takes none. */
  readonly values: Values;
  readonly at: SourcePosition;
}

/** Compares two fields of the same event, or of the same element of a list. */
export interface Comparison {
  readonly kind: 'compare';
  readonly left: FieldPath;
  readonly op: ComparisonOperator;
  readonly ignoreCase: boolean;
  readonly right: FieldPath;
  /** In a test of elements: which of the two is a field of the event, and not of the element. */
  readonly ofEvent?: ComparedSide;
  /** True, for Sigma: the fields may lead through lists, and some value of one must fit some value of the other. */
  readonly spread?: true;
  readonly at: SourcePosition;
}

export type ComparedSide = 'left' | 'right';

/** Tests the elements of a list; the fields of `of` are those of an element. */
export interface ElementTest {
  readonly kind: 'element';
  readonly quantifier: 'any' | 'all' | 'one';
  readonly field: FieldPath;
  readonly of: Condition;
  readonly at: SourcePosition;
}

/** The name by which a report counts an exclusion, and why it is one. */
export interface ExclusionLabel {
  readonly name: string;
  readonly reason: string;
  /** Where it is written. */
  readonly at: SourcePosition;
  /** Whether the rule has it, or `hunt.yml` adds it. */
  readonly source: 'rule' | 'config';
}

export interface Negation {
  readonly kind: 'not';
  readonly of: Condition;
  /** Only of an exclusion that has a name. */
  readonly label?: ExclusionLabel;
  readonly text?: string;
}

/** An exclusion with a name. */
export type NamedExclusion = Negation & { readonly label: ExclusionLabel };

export type Condition =
  /** `text` stands for a long condition in notation. */
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[]; readonly text?: string }
  | {
      readonly kind: 'exactly';
      readonly count: number;
      readonly of: readonly Condition[];
      readonly text?: string;
    }
  | Negation
  | {
      readonly kind: 'constant';
      readonly value: boolean;
      /** The test that it replaces, in notation. */
      readonly text?: string;
      /** The field of the test that it replaces, where CloudTrail documents no such field. */
      readonly unknownField?: string;
    }
  | Test
  | Comparison
  | ElementTest;

/** Every test of a field against values, in the rule's order, including those of elements. */
export function testsOf(condition: Condition): readonly Test[] {
  return leavesOf(condition).filter((leaf) => leaf.kind === 'test');
}

/** Where the first test or comparison of a condition is written; undefined if it has none. */
export function positionOf(condition: Condition): SourcePosition | undefined {
  return leavesOf(condition).flatMap((leaf) => (leaf.kind === 'constant' ? [] : leaf.at))[0];
}

/** The fields that the rule tests and CloudTrail does not document. */
export function unknownFieldsOf(condition: Condition): readonly string[] {
  return leavesOf(condition).flatMap((leaf) =>
    leaf.kind === 'constant' ? (leaf.unknownField ?? []) : [],
  );
}

/**
 * The event's fields that a condition reads; for a test of elements, the field of the list and those with which it compares
 * elements.
 */
export function fieldsOf(condition: Condition): readonly FieldPath[] {
  return fieldsWhere(condition, () => true);
}

/** Those of them without which the condition cannot be told. */
export function neededFieldsOf(condition: Condition): readonly FieldPath[] {
  return fieldsWhere(condition, ({ optional }) => optional !== true);
}

function fieldsWhere(condition: Condition, wanted: (test: Test) => boolean): readonly FieldPath[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap((part) => fieldsWhere(part, wanted));
    case 'not':
      return fieldsWhere(condition.of, wanted);
    case 'element':
      return [condition.field, ...leavesOf(condition.of).flatMap(eventFieldsOf)];
    case 'test':
      return wanted(condition) ? [condition.field] : [];
    case 'compare':
      return [condition.left, condition.right];
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

type Leaf = Exclude<Condition, { readonly of: unknown }>;

/** The field of the event with which a leaf compares an element. */
function eventFieldsOf(leaf: Leaf): readonly FieldPath[] {
  return leaf.kind === 'compare' && leaf.ofEvent !== undefined ? [leaf[leaf.ofEvent]] : [];
}

/** The tests, comparisons and constants of a condition, in its order, including those of elements. */
function leavesOf(condition: Condition): readonly Leaf[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap(leavesOf);
    case 'not':
    case 'element':
      return leavesOf(condition.of);
    case 'test':
    case 'compare':
    case 'constant':
      return [condition];
    default:
      return condition satisfies never;
  }
}

/**
 * The condition's top-level parts, in the rule's order: all of them must hold. A conjunction inside a conjunction is none
 * of them, but its parts are, so that an exclusion inside `All: [All: [None: …]]` is an exclusion of the rule. So is a
 * disjunction of one part. `not (a or b)` stays one part, because the rule says it as one.
 */
export function conjunctsOf(condition: Condition): readonly Condition[] {
  const isJoined =
    condition.kind === 'all' || (condition.kind === 'any' && condition.of.length === 1);
  // An empty conjunction stays, so that a reader of the rule finds it again.
  if (!isJoined || condition.of.length === 0) return [condition];
  return condition.of.flatMap(conjunctsOf);
}
