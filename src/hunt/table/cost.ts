/**
 * What Athena bills: the bytes read by queries that did not fail, in whole megabytes, ten at least for each.
 * Source: https://aws.amazon.com/athena/pricing/
 */
import type { Execution } from '../../engine/engine.js';

const MEGABYTE = 1e6;
const TERABYTE = 1e12;
const LEAST = 10 * MEGABYTE;

/** US dollars, at a price for a terabyte. */
export function costOf(executions: readonly Execution[], price: number): number {
  const billed = executions.reduce((total, { state, bytes }) => {
    if (state === 'failed' || bytes === 0) return total;
    return total + Math.max(LEAST, Math.ceil(bytes / MEGABYTE) * MEGABYTE);
  }, 0);
  return (billed / TERABYTE) * price;
}
