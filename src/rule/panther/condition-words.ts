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

/** Words and signs of other languages, in lower case. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['=', 'Equals'],
  ['==', 'Equals'],
  ['is', 'Equals'],
  ['eq', 'Equals'],
  ['!=', 'DoesNotEqual'],
  ['isnot', 'DoesNotEqual'],
  ['ne', 'DoesNotEqual'],
  ['neq', 'DoesNotEqual'],
  ['notequals', 'DoesNotEqual'],
  ['notcontains', 'DoesNotContain'],
  ['notstartswith', 'DoesNotStartWith'],
  ['notendswith', 'DoesNotEndWith'],
  ['in', 'IsIn'],
  ['notin', 'IsNotIn'],
  ['>', 'IsGreaterThan'],
  ['gt', 'IsGreaterThan'],
  ['>=', 'IsGreaterThanOrEquals'],
  ['gte', 'IsGreaterThanOrEquals'],
  ['<', 'IsLessThan'],
  ['lt', 'IsLessThan'],
  ['<=', 'IsLessThanOrEquals'],
  ['lte', 'IsLessThanOrEquals'],
  ['re', 'MatchesRegex'],
  ['regex', 'MatchesRegex'],
  ['regexp', 'MatchesRegex'],
  ['matches', 'MatchesRegex'],
  ['like', 'MatchesWildcard'],
  ['glob', 'MatchesWildcard'],
  ['wildcard', 'MatchesWildcard'],
  ['cidr', 'IsIPAddressInCIDR'],
  ['incidr', 'IsIPAddressInCIDR'],
  ['isincidr', 'IsIPAddressInCIDR'],
  ['notincidr', 'IsIPAddressNotInCIDR'],
  ['isnotincidr', 'IsIPAddressNotInCIDR'],
  ['null', 'IsNull'],
  ['notnull', 'IsNotNull'],
  ['empty', 'IsNullOrEmpty'],
  ['isempty', 'IsNullOrEmpty'],
  ['isnotempty', 'IsNotNullOrEmpty'],
  ['notexists', 'DoesNotExist'],
]);

/** The `Condition` that a word of another language means; undefined if it is none. */
export function meantCondition(word: string): string | undefined {
  return OTHER_WORDS.get(word.toLowerCase().replaceAll(/[\s_-]/g, ''));
}
