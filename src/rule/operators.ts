/** The words that a rule's `Condition:` may be, and the test that each stands for. */
import type { ComparisonOperator, Operator } from './condition.js';

export interface OperatorWord {
  readonly op: Operator;
  /** `not` of the test. */
  readonly negated: boolean;
  readonly ignoreCase: boolean;
  readonly takes: 'nothing' | 'values';
}

const is = (op: Operator, takes: OperatorWord['takes'] = 'values'): OperatorWord => ({
  op,
  negated: false,
  ignoreCase: false,
  takes,
});
const not = (word: OperatorWord): OperatorWord => ({ ...word, negated: true });
const anyCase = (word: OperatorWord): OperatorWord => ({ ...word, ignoreCase: true });

const cased: Readonly<Record<string, OperatorWord>> = {
  Equals: is('equals'),
  DoesNotEqual: not(is('equals')),
  StartsWith: is('startsWith'),
  DoesNotStartWith: not(is('startsWith')),
  EndsWith: is('endsWith'),
  DoesNotEndWith: not(is('endsWith')),
  Contains: is('contains'),
  DoesNotContain: not(is('contains')),
  MatchesWildcard: is('wildcard'),
  DoesNotMatchWildcard: not(is('wildcard')),
  IsIn: is('in'),
  IsNotIn: not(is('in')),
};

export const OPERATOR_WORDS: Readonly<Record<string, OperatorWord>> = {
  ...cased,
  ...Object.fromEntries(Object.entries(cased).map(([name, word]) => [`I${name}`, anyCase(word)])),
  IsNull: is('isNull', 'nothing'),
  IsNotNull: is('isNotNull', 'nothing'),
  IsNullOrEmpty: is('isNullOrEmpty', 'nothing'),
  IsNotNullOrEmpty: is('isNotNullOrEmpty', 'nothing'),
  Exists: is('isNotNull', 'nothing'),
  DoesNotExist: is('isNull', 'nothing'),
  IsGreaterThan: is('greaterThan'),
  IsGreaterThanOrEquals: is('greaterThanOrEquals'),
  IsLessThan: is('lessThan'),
  IsLessThanOrEquals: is('lessThanOrEquals'),
  IsIPAddress: is('isAddress', 'nothing'),
  IsIPAddressInCIDR: is('inCidr'),
  IsIPAddressNotInCIDR: not(is('inCidr')),
  IsIPAddressPublic: is('isPublicAddress', 'nothing'),
  IsIPAddressPrivate: is('isPrivateAddress', 'nothing'),
};

const COMPARISONS: readonly ComparisonOperator[] = [
  'equals',
  'startsWith',
  'endsWith',
  'contains',
  'greaterThan',
  'greaterThanOrEquals',
  'lessThan',
  'lessThanOrEquals',
];

/** The same test between two fields, where there is one. */
export function comparisonOf(op: Operator): ComparisonOperator | undefined {
  return COMPARISONS.find((comparison) => comparison === op);
}

/** How the notation of `hunt explain` writes each test. */
export const NOTATION: Readonly<Record<Operator, string>> = {
  equals: 'equals',
  in: 'in',
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  contains: 'contains',
  wildcard: 'wildcard',
  escapedWildcard: 'escaped_wildcard',
  regex: 'regex',
  isNull: 'is_null',
  isNotNull: 'is_not_null',
  isNullOrEmpty: 'is_null_or_empty',
  isNotNullOrEmpty: 'is_not_null_or_empty',
  greaterThan: '>',
  greaterThanOrEquals: '>=',
  lessThan: '<',
  lessThanOrEquals: '<=',
  mentions: 'mentions',
  isAddress: 'is_address',
  inCidr: 'in_cidr',
  isPublicAddress: 'is_public_address',
  isPrivateAddress: 'is_private_address',
};
