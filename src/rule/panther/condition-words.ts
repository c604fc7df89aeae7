/** The words that Panther allows as a `Condition:`, and the test that each of them means. */
import type { Operator } from '../condition/operators.js';

export interface ConditionWord {
  readonly op: Operator;
  /** True: `not` of the test. */
  readonly negated: boolean;
  readonly ignoreCase: boolean;
}

const is = (op: Operator): ConditionWord => ({ op, negated: false, ignoreCase: false });
const isNot = (op: Operator): ConditionWord => ({ ...is(op), negated: true });

const EXACT: Readonly<Record<string, ConditionWord>> = {
  Equals: is('equals'),
  DoesNotEqual: isNot('equals'),
  StartsWith: is('startsWith'),
  DoesNotStartWith: isNot('startsWith'),
  EndsWith: is('endsWith'),
  DoesNotEndWith: isNot('endsWith'),
  Contains: is('contains'),
  DoesNotContain: isNot('contains'),
  MatchesWildcard: is('wildcard'),
  DoesNotMatchWildcard: isNot('wildcard'),
  IsIn: is('in'),
  IsNotIn: isNot('in'),
};

/** Each word of `EXACT` with `I` before it, which ignores case. */
const ANY_CASE: Readonly<Record<string, ConditionWord>> = Object.fromEntries(
  Object.entries(EXACT).map(([name, word]) => [`I${name}`, { ...word, ignoreCase: true }]),
);

export const CONDITION_WORDS: ReadonlyMap<string, ConditionWord> = new Map(
  Object.entries({
    ...EXACT,
    ...ANY_CASE,
    MatchesRegex: is('regex'),
    DoesNotMatchRegex: isNot('regex'),
    IsNull: is('isNull'),
    IsNotNull: is('isNotNull'),
    IsNullOrEmpty: is('isNullOrEmpty'),
    IsNotNullOrEmpty: is('isNotNullOrEmpty'),
    Exists: is('isNotNull'),
    DoesNotExist: is('isNull'),
    IsGreaterThan: is('greaterThan'),
    IsGreaterThanOrEquals: is('greaterThanOrEquals'),
    IsLessThan: is('lessThan'),
    IsLessThanOrEquals: is('lessThanOrEquals'),
    IsIPAddress: is('isAddress'),
    IsIPAddressInCIDR: is('inCidr'),
    IsIPAddressNotInCIDR: isNot('inCidr'),
    IsIPAddressPublic: is('isPublicAddress'),
    IsIPAddressPrivate: is('isPrivateAddress'),
  }),
);
