/** What a rule asks of an event, as plain data. It knows no SQL. */
import type { SourcePosition } from '../errors.js';

/** The keys to a value, outermost first; `[]` stands for the elements of a list. */
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
  | 'isNull'
  | 'isNotNull'
  | 'isNullOrEmpty'
  | 'isNotNullOrEmpty'
  | 'greaterThan'
  | 'greaterThanOrEquals'
  | 'lessThan'
  | 'lessThanOrEquals';

export interface Test {
  readonly kind: 'test';
  readonly field: FieldPath;
  readonly op: Operator;
  /** Compare `lower()` of both sides. */
  readonly ignoreCase: boolean;
  /** True where any of these fits; empty for tests that compare with nothing. */
  readonly values: Values;
  readonly at: SourcePosition;
}

export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'exactly'; readonly count: number; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'constant'; readonly value: boolean }
  | Test;

/** Every test of a condition, in the rule's order. */
export function testsOf(condition: Condition): readonly Test[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap(testsOf);
    case 'not':
      return testsOf(condition.of);
    case 'test':
      return [condition];
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

/** The condition's top-level parts: all of them must hold. */
export function conjunctsOf(condition: Condition): readonly Condition[] {
  return condition.kind === 'all' ? condition.of : [condition];
}
