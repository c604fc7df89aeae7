/**
 * Finds an account and region that stopped for good. A quiet region has no folder for days, so a silence counts only where it is far
 * longer than the pauses that the same account and region usually makes.
 */
import type { DaySpan } from '../../../cloudtrail/time/day-span.js';
import { DAY } from '../../../cloudtrail/time/window.js';

/**
 * How long before and after the days that are needed the registered days are listed: from those before, the usual pauses are
 * known, and from those after, whether what paused came again.
 */
export const HISTORY = 30 * DAY;

/** A silence counts from this many times the usual pause and the day after it. */
const FACTOR = 3;
/** In days. A shorter silence never counts: regions are quiet over Christmas. */
const SHORTEST_SILENCE = 7;
/** A pause is usual if this part of all registered days is followed by no longer one. */
const USUAL = 0.95;
/** With fewer registered days, nothing is usual. */
const FEWEST_DAYS = 5;
/** The registered days reach over at least this part of the span: what was used for a week of three months did not stop. */
const SMALLEST_PART = 0.25;
/** In days. An account and region that usually pauses for longer is not used regularly. */
const LONGEST_USUAL = 7;
/** What stopped so many days before the days that are needed has been reported for long, or was closed. */
const LONG_AGO = 14;

export interface PairHistory {
  /** The registered days of the account and region, in ascending order. */
  readonly own: ReadonlySet<number>;
  /** The days that any account and region has, in ascending order, also those after the days that the hunt needs. */
  readonly others: readonly number[];
  /** The days that the hunt needs. */
  readonly needed: DaySpan;
}

/** The last day before the silence; undefined if the account and region did not stop, or stopped long before the window. */
export function lastBeforeStop({ own, others, needed }: PairHistory): number | undefined {
  const at = others.flatMap((day, index) => (own.has(day) ? [index] : []));
  const [start = 0] = at;
  const end = at.at(-1);
  const last = end === undefined ? undefined : others[end];
  if (end === undefined || last === undefined || at.length < FEWEST_DAYS) return undefined;
  if (last < needed.first - LONG_AGO * DAY || last >= needed.last) return undefined;
  const span = others.filter((day) => day <= needed.last).length;
  if (end - start + 1 < SMALLEST_PART * span) return undefined;
  const usual = usualPause(at);
  const silence = others.length - 1 - end;
  const counts = Math.max(SHORTEST_SILENCE, FACTOR * (usual + 1));
  return usual <= LONGEST_USUAL && silence >= counts ? last : undefined;
}

/** The usual pause in days. `at` counts only days that any account and region has. */
function usualPause(at: readonly number[]): number {
  const pauses = at.slice(1).map((index, before) => index - (at[before] ?? index) - 1);
  return pauses.toSorted((a, b) => b - a)[Math.floor((1 - USUAL) * at.length)] ?? 0;
}
