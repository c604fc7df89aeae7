/** The cost of a hunt follows Athena's price list. */
import { describe, expect, test } from 'vitest';
import type { Execution } from '../../../src/engine/engine.js';
import { costOf } from '../../../src/hunt/table/cost.js';

const PRICE = 5;

const execution = (bytes: number, state: Execution['state'] = 'succeeded'): Execution => ({
  id: 'x',
  part: 'all',
  state,
  bytes,
  milliseconds: 1,
});

/** The cost of one execution, in millionths of a US dollar. */
const cost = (bytes: number, state?: Execution['state']): number =>
  Math.round(costOf([execution(bytes, state)], PRICE) * 1e6);

test('a terabyte costs the price', () => {
  expect(costOf([execution(1e12)], PRICE)).toBe(PRICE);
  expect(costOf([execution(2e12)], 6.25)).toBe(12.5);
});

test.each([
  [1, 50],
  [9_999_999, 50],
  [10_000_000, 50],
  [10_000_001, 55],
  [11_000_000, 55],
  [11_000_001, 60],
])('%i bytes are billed as whole megabytes, at least ten', (bytes, expected) => {
  expect(cost(bytes)).toBe(expected);
});

test('a query that reads nothing costs nothing', () => {
  expect(cost(0)).toBe(0);
});

describe('of a query that ended early', () => {
  test('what it read is billed where it was stopped', () => {
    expect(cost(20_000_000, 'stopped')).toBe(100);
  });

  test('nothing is billed where it failed', () => {
    expect(cost(20_000_000, 'failed')).toBe(0);
  });
});

test('the minimum is for each query, not for all together', () => {
  const executions = [execution(1), execution(20_000_000), execution(1), execution(5, 'failed')];
  expect(costOf(executions, PRICE)).toBeCloseTo(200e-6, 12);
});

test('no query costs nothing', () => {
  expect(costOf([], PRICE)).toBe(0);
});
