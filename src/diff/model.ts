/**
 * How two reports differ. A finding may be new because something happened, or because the second hunt asked or read something else;
 * so the differences in what was asked and read stand first. JSON is this structure (`data/hunt-diff-1.schema.json`).
 */
import type { Report } from '../report/report.js';

export const DIFF_SCHEMA = 'hunt-diff/1';

export interface Diff {
  readonly schema: typeof DIFF_SCHEMA;
  readonly before: Side;
  readonly after: Side;
  /** In what was asked: the window, the rules and their parameters, filters. */
  readonly question: readonly Difference[];
  /** In what was read: files, lost evidence, accounts, warnings. */
  readonly completeness: readonly Difference[];
  readonly counts: DiffCounts;
  /** They may exceed memory, so they are made one at a time. Each list is in the order of its report. */
  readonly new: Iterable<OneSided>;
  readonly gone: Iterable<OneSided>;
  readonly changed: Iterable<ChangedFinding>;
}

export interface DiffCounts {
  readonly new: number;
  readonly gone: number;
  readonly changed: number;
  readonly same: number;
}

/** One of the reports. */
export interface Side {
  /** As the user named it. */
  readonly path: string;
  /** The version of hunt that made it. */
  readonly version: string;
  readonly window: Report['window'];
  readonly findings: number;
}

/** Null where a report has no such thing. */
export interface Difference {
  /** `window`, `rule`, `parameter`, `files read`, `unreadable`, … */
  readonly what: string;
  /** Which of them, where there are several: the ID of a rule, a path. */
  readonly name: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** A finding in a few words. */
export interface DiffFinding {
  readonly eventID: string | null;
  readonly eventTime: string | null;
  readonly eventName: string | null;
  readonly account: string | null;
  readonly region: string | null;
  readonly actor: string;
  readonly outcome: 'succeeded' | 'failed';
  readonly sentence: string | null;
  readonly rules: readonly string[];
}

/** A finding that only one of the reports has. */
export interface OneSided extends DiffFinding {
  /** Why the other report cannot have it; null if it could. */
  readonly because: Because | null;
}

/**
 * `window`: the other hunt did not look at this time. `rules`: it had none of the rules that matched. `records`: it had no record
 * of this account in this region.
 */
export type Because = 'window' | 'rules' | 'records';

/** A finding that both reports have, and say other things of. The rest is what the second report says. */
export interface ChangedFinding extends DiffFinding {
  readonly changes: readonly Difference[];
}
