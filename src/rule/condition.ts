/** What a rule asks of an event, as plain data. It knows no SQL. */
import type { SourcePosition } from '../errors.js';

/** The keys to a value, outermost first; the empty path is the element that a list test looks at. */
export type FieldPath = readonly string[];

/** The values a test compares with, as text, or the parameter that gives them. */
export type Values = readonly string[] | { readonly parameter: string };

/** The positive tests; a negated condition is `not` of one of these. */
export type Operator =
  | 'equals'
  | 'in'
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'wildcard'
  | 'escapedWildcard'
  | 'regex'
  | 'isNull'
  | 'isNotNull'
  | 'isNullOrEmpty'
  | 'isNotNullOrEmpty'
  | 'greaterThan'
  | 'greaterThanOrEquals'
  | 'lessThan'
  | 'lessThanOrEquals'
  | 'mentions'
  | 'isAddress'
  | 'inCidr'
  | 'isPublicAddress'
  | 'isPrivateAddress';

export interface Test {
  readonly kind: 'test';
  readonly field: FieldPath;
  readonly op: Operator;
  /** Compare `lower()` of both sides. */
  readonly ignoreCase: boolean;
  /** True: a list, at the field or on the way to it, holds where an element does; an object is its JSON text. */
  readonly spread?: true;
  /** True where any of these fits; empty for tests that compare with nothing. */
  readonly values: Values;
  readonly at: SourcePosition;
}

/** Compares two fields of the same event. */
export interface Comparison {
  readonly kind: 'compare';
  readonly left: FieldPath;
  readonly op: ComparisonOperator;
  readonly ignoreCase: boolean;
  readonly right: FieldPath;
  readonly at: SourcePosition;
}
export type ComparisonOperator = Extract<
  Operator,
  | 'equals'
  | 'startsWith'
  | 'endsWith'
  | 'contains'
  | 'greaterThan'
  | 'greaterThanOrEquals'
  | 'lessThan'
  | 'lessThanOrEquals'
>;

/** Asks the elements of a list; the fields of `of` start at the element. */
export interface ElementTest {
  readonly kind: 'element';
  readonly quantifier: 'any' | 'all' | 'one';
  readonly field: FieldPath;
  readonly of: Condition;
  readonly at: SourcePosition;
}

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'exactly'; readonly count: number; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | {
      readonly kind: 'constant';
      readonly value: boolean;
      /** What it stands for, where it took a test's place. */
      readonly text?: string;
      /** The field that no event has, for which the test was to ask. */
      readonly unknownField?: string;
    }
  | Test
  | Comparison
  | ElementTest;

/** Every test that compares a field with values, in the rule's order; those inside lists too. */
export function testsOf(condition: Condition): readonly Test[] {
  return leavesOf(condition).filter((leaf) => leaf.kind === 'test');
}

/** The fields that no event has, and that the condition was to ask for. */
export function unknownFieldsOf(condition: Condition): readonly string[] {
  return leavesOf(condition).flatMap((leaf) =>
    leaf.kind === 'constant' ? (leaf.unknownField ?? []) : [],
  );
}

/** The fields of the event that a condition asks for; a list's own where it asks its elements. */
export function fieldsOf(condition: Condition): readonly FieldPath[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap(fieldsOf);
    case 'not':
      return fieldsOf(condition.of);
    case 'element':
    case 'test':
      return [condition.field];
    case 'compare':
      return [condition.left, condition.right];
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

type Leaf = Exclude<Condition, { readonly of: unknown }>;

/** What a condition is put together from, in its order; what is asked inside lists too. */
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

/** The condition's top-level parts: all of them must hold. */
export function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of : [condition];
}
