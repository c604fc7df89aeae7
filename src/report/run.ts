/** The scheduled run that made a report. It is a part of the model of a report. */

/** Null in a report that no schedule asked for. */
export interface Run {
  /** The name of the report in hunt.yml. */
  readonly report: string;
  /** From 1. Runs have no gaps: a number that is missing is a run whose report was lost. */
  readonly number: number;
  readonly period: Period;
  /** The run before; null for the first. */
  readonly previous: { readonly number: number; readonly period: string } | null;
  /** Findings of earlier periods may be in this report from this instant on; null for the first run. */
  readonly lookback: string | null;
  /** Findings of earlier periods that an earlier run reported, and that are not in this report. */
  readonly alreadyReported: number;
}

/** Whole days, in UTC. */
export interface Period {
  /** `2026-10-08`, `2026-W41` or `2026-10`. */
  readonly name: string;
  readonly kind: 'day' | 'week' | 'month';
  /** The instants of `[since, until)`. */
  readonly since: string;
  readonly until: string;
}
