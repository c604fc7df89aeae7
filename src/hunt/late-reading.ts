/** What the search for late events reads. It is known before the hunt of the period begins. */
import type { ScheduledRun } from '../history/scheduled-run.js';

/** The window of the search, and how long after it the files may have come that the hunt of the period reads. */
interface LateReading {
  readonly window: { readonly since: number; readonly until: number };
  /** In milliseconds. */
  readonly late: number;
}

/** The windows of a run: that of its period, and the one before it where it looks for late events. */
export interface RunWindows extends Pick<ScheduledRun, 'lateWindow'> {
  readonly period: LateReading['window'];
}

/** Undefined where the run has nothing to look back to. `late` is that of the hunt of the period. */
export function lateReading(
  { lateWindow, period }: RunWindows,
  late: number,
): LateReading | undefined {
  if (lateWindow === undefined) return undefined;
  // No file that the hunt of the period reads is left out: it is new in this run, and it is known in the next.
  return { window: lateWindow, late: period.until + late - period.since };
}
