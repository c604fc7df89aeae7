/**
 * What a hunt in Athena costs: the bytes that its queries read, rounded up to whole megabytes, at least ten megabytes for
 * each query. Queries that fail are not billed; queries that are stopped are.
 * Source: https://aws.amazon.com/athena/pricing/
 */
import type { Execution } from '../../engine/engine.js';

const MEGABYTE = 1e6;
const TERABYTE = 1e12;
/** The least that a query is billed for, in bytes. */
const MINIMUM = 10 * MEGABYTE;

/** The cost in the currency of `price`, which is the price of a terabyte. */
export function costOf(executions: readonly Execution[], price: number): number {
  const billed = executions.reduce((total, { state, bytes }) => {
    if (state === 'failed' || bytes === 0) return total;
    return total + Math.max(MINIMUM, Math.ceil(bytes / MEGABYTE) * MEGABYTE);
  }, 0);
  return costOfBytes(billed, price);
}

/** What as many bytes cost, without the rounding of each query. */
export function costOfBytes(bytes: number, price: number): number {
  return (bytes / TERABYTE) * price;
}
