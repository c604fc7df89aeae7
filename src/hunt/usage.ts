/** What several readings of one hunt took together. */
import type { EngineUsage } from '../report/report.js';

/** The queries of two readings, with their sums. Null where this process read the logs. */
export function addedUsage(
  before: EngineUsage | null,
  now: EngineUsage | null,
): EngineUsage | null {
  if (before === null || now === null) return now;
  const cost =
    now.cost === null || before.cost === null
      ? now.cost
      : { ...now.cost, amount: before.cost.amount + now.cost.amount };
  return {
    queries: [...before.queries, ...now.queries],
    bytes: before.bytes + now.bytes,
    milliseconds: before.milliseconds + now.milliseconds,
    cost,
  };
}
