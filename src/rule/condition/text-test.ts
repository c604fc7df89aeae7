/** Whether a test of a text holds, as an engine would tell it. */
import {
  isAddress,
  isInNetworks,
  NOT_PUBLIC_NETWORKS,
  PRIVATE_NETWORKS,
  readNetwork,
} from '../../network/addresses.js';
import { matchesGlob } from '../../text/glob.js';
import { rememberingByObject } from '../../memory/remembering.js';
import { javascriptRegex } from '../regex/javascript.js';
import type { Test } from './condition.js';
import type { Holds } from './holds.js';
import { isNumber } from './number.js';

/** JavaScript goes back and forth in a text, so a regular expression may take very long for a long one. */
const LONGEST_FOR_REGEX = 10_000;

/** A test as a function of the field's text; null where it is missing. Undefined for a test that only engines can tell. */
export const textTest = rememberingByObject(makeTest);

function makeTest(test: Test): Holds<string | null> {
  const { op, ignoreCase, values: given, part } = test;
  if ('parameter' in given || part !== undefined) return () => undefined;
  const fold = (one: string): string => (ignoreCase ? one.toLowerCase() : one);
  const values = given.map(fold);
  const some =
    (fits: (text: string, value: string) => boolean): Holds<string | null> =>
    (text) => {
      if (text === null) return false;
      const tested = fold(text);
      return values.some((value) => fits(tested, value));
    };
  switch (op) {
    case 'equals':
    case 'in': {
      const all = new Set(values);
      return (text) => text !== null && all.has(fold(text));
    }
    case 'startsWith':
      return some((text, value) => text.startsWith(value));
    case 'endsWith':
      return some((text, value) => text.endsWith(value));
    case 'contains':
      return some((text, value) => text.includes(value));
    case 'wildcard':
      return some(matchesGlob);
    case 'regex': {
      const expressions = given.map((value) => javascriptRegex(value, test.at));
      return (text) => {
        if (text === null) return false;
        if (text.length > LONGEST_FOR_REGEX) return undefined;
        return expressions.some((expression) => expression.test(text));
      };
    }
    case 'isNull':
    case 'isNullOrEmpty':
      return (text) => text === null || (op === 'isNullOrEmpty' && text === '');
    case 'isNotNull':
    case 'isNotNullOrEmpty':
      return (text) => text !== null && (op === 'isNotNull' || text !== '');
    case 'greaterThan':
      return some(numbers((a, b) => a > b));
    case 'greaterThanOrEquals':
      return some(numbers((a, b) => a >= b));
    case 'lessThan':
      return some(numbers((a, b) => a < b));
    case 'lessThanOrEquals':
      return some(numbers((a, b) => a <= b));
    case 'isAddress':
      return (text) => text !== null && isAddress(text);
    case 'inCidr': {
      const networks = given.flatMap((value) => readNetwork(value) ?? []);
      return (text) => text !== null && isInNetworks(text, networks);
    }
    case 'isPublicAddress':
      return (text) => text !== null && isAddress(text) && !isInNetworks(text, NOT_PUBLIC_NETWORKS);
    case 'isPrivateAddress':
      return (text) => text !== null && isInNetworks(text, PRIVATE_NETWORKS);
    case 'escapedWildcard':
    case 'mentions':
      return () => undefined;
    default:
      return op satisfies never;
  }
}

/** Ordering compares numbers only. */
function numbers(compare: (a: number, b: number) => boolean) {
  return (text: string, value: string): boolean =>
    isNumber(text) && isNumber(value) && compare(Number(text), Number(value));
}
