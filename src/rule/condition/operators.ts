/**
 * The operators of tests, one row each: everything that the model says about an operator. Its SQL is one line in
 * `src/sql/condition/leaf.ts`; the words that rules use for it are in `panther/` and `sigma/`.
 */
import { readNetwork } from '../../network/addresses.js';
import { isNumber } from './number.js';

interface OperatorRow {
  /** How `hunt explain` writes it. */
  readonly notation: string;
  /** The values that it compares with. */
  readonly takes: 'nothing' | 'texts' | 'numbers' | 'networks';
  /** Whether a rule may ask it to ignore the case of letters. */
  readonly ignoresCase: boolean;
  /** Whether it can compare two fields of the same event. */
  readonly comparesFields: boolean;
  /** The values with which every text passes the test, if there are any. */
  readonly matchesEveryText?: RegExp;
}

const text = { takes: 'texts', ignoresCase: true, comparesFields: false } as const;
const twoTexts = { ...text, comparesFields: true } as const;
const numbers = { takes: 'numbers', ignoresCase: false, comparesFields: true } as const;
const alone = { takes: 'nothing', ignoresCase: false, comparesFields: false } as const;

export const OPERATORS = {
  equals: { notation: 'equals', ...twoTexts },
  in: { notation: 'in', ...text },
  startsWith: { notation: 'starts_with', ...twoTexts, matchesEveryText: /^$/ },
  endsWith: { notation: 'ends_with', ...twoTexts, matchesEveryText: /^$/ },
  contains: { notation: 'contains', ...twoTexts, matchesEveryText: /^$/ },
  wildcard: { notation: 'wildcard', ...text, matchesEveryText: /^\*+$/ },
  // A backslash makes a following `*`, `?` or backslash literal.
  escapedWildcard: { notation: 'escaped_wildcard', ...text, matchesEveryText: /^\*+$/ },
  regex: { notation: 'regex', ...text, ignoresCase: false },
  // A string, or a key, anywhere in the JSON of a column.
  mentions: { notation: 'mentions', ...text, ignoresCase: false },
  isNull: { notation: 'is_null', ...alone },
  isNotNull: { notation: 'is_not_null', ...alone },
  isNullOrEmpty: { notation: 'is_null_or_empty', ...alone },
  isNotNullOrEmpty: { notation: 'is_not_null_or_empty', ...alone },
  greaterThan: { notation: '>', ...numbers },
  greaterThanOrEquals: { notation: '>=', ...numbers },
  lessThan: { notation: '<', ...numbers },
  lessThanOrEquals: { notation: '<=', ...numbers },
  isAddress: { notation: 'is_address', ...alone },
  inCidr: { notation: 'in_cidr', ...alone, takes: 'networks' },
  isPublicAddress: { notation: 'is_public_address', ...alone },
  isPrivateAddress: { notation: 'is_private_address', ...alone },
} as const satisfies Readonly<Record<string, OperatorRow>>;

/** A positive test; a negated condition is `not` of one of these. */
export type Operator = keyof typeof OPERATORS;

/** A test that can compare two fields. */
export type ComparisonOperator = {
  [Op in Operator]: (typeof OPERATORS)[Op]['comparesFields'] extends true ? Op : never;
}[Operator];

/** What the model says about an operator. */
export function operatorRow(op: Operator): OperatorRow {
  return OPERATORS[op];
}

/** Whether the operator can compare two fields. */
export function isComparison(op: Operator): op is ComparisonOperator {
  return OPERATORS[op].comparesFields;
}

/**
 * What is wrong with the values of a test, as the end of a sentence; undefined if they are right. Without an error, a test with
 * a wrong value would fail silently for every event.
 */
export function wrongValue(op: Operator, values: readonly string[]): string | undefined {
  const { takes } = OPERATORS[op];
  switch (takes) {
    case 'numbers': {
      const wrong = values.find((value) => !isNumber(value));
      if (wrong === undefined) return undefined;
      const advice = /^\d{4}-\d\d/.test(wrong)
        ? ': for a window of time, use --since and --until'
        : '';
      return `compares numbers, and "${wrong}" is not a number${advice}`;
    }
    case 'networks': {
      const wrong = values.find((value) => readNetwork(value) === undefined);
      if (wrong === undefined) return undefined;
      const advice = wrong.includes(',')
        ? ': several are a list, [10.0.0.0/8, 192.168.0.0/16]'
        : '';
      return `takes networks such as 10.0.0.0/8, and "${wrong}" is not a network${advice}`;
    }
    case 'nothing':
    case 'texts':
      return undefined;
    default:
      return takes satisfies never;
  }
}
