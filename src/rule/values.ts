/** Which values a test can compare with: what it cannot would silently never hold. */
import { readNetwork } from './addresses.js';
import type { Operator } from './condition.js';

const NUMBER = /^-?\d{1,100}(\.\d{1,100})?([eE][+-]?\d{1,2})?$/;

/** What is wrong with the values for the test, as the end of a sentence; undefined where nothing is. */
export function wrongValue(op: Operator, values: readonly string[]): string | undefined {
  switch (op) {
    case 'greaterThan':
    case 'greaterThanOrEquals':
    case 'lessThan':
    case 'lessThanOrEquals': {
      const wrong = values.find((value) => !NUMBER.test(value));
      return wrong === undefined ? undefined : `compares numbers, and "${wrong}" is none`;
    }
    case 'inCidr': {
      const wrong = values.find((value) => readNetwork(value) === undefined);
      return wrong === undefined
        ? undefined
        : `takes networks like 10.0.0.0/8, and "${wrong}" is none`;
    }
    default:
      return undefined;
  }
}
