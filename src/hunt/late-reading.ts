/** What the search for late events reads. It is known before the hunt of the period begins. */
import type { ScheduledRun } from '../history/scheduled-run.js';

/** The window of the search, and how long after it the files may have come that the hunt of the period reads. */
interface LateReading {
  readonly window: { readonly since: number; readonly until: number };
  /** In milliseconds. */
  readonly late: number;
}

/** Undefined where the run has nothing to look back to. `late` is that of the hunt of the period. */
export function lateReading(run: ScheduledRun, late: number): LateReading | undefined {
  const { lateWindow, period } = run;
  if (lateWindow === undefined) return undefined;
  // No file that the hunt of the period reads is left out: it is new in this run, and it is known in the next.
  return { window: lateWindow, late: period.until + late - period.since };
}
