/**
 * What a finding is beside others: whether an earlier run reported it, whether somebody accepted it, and which ticket explains it. It
 * is a part of the model of a report.
 */

/** Null in a finding where the hunt has nothing to compare with: no run, no baseline, no exceptions and no tickets. */
export interface Disposition {
  /**
   * `known`: the baseline has it. `accepted`: an exception covers it. `expired`: an exception covered it until its last day.
   * `new`: none of these.
   */
  readonly status: FindingStatus;
  /** The earlier period that it belongs to, `2026-10-08`, where its file came after the run of that period; else null. */
  readonly late: string | null;
  /** The ID of the exception that accepts it, or once did. */
  readonly exception: string | null;
  /** The ticket that explains it; null if none does, or if the hunt has no tickets. */
  readonly ticket: FindingTicket | null;
  /** Whether who approved the exception that accepts it, or its ticket from before, made the change. */
  readonly ownApproval: boolean;
  /** A change that succeeded, that no exception accepts, and that no ticket from before explains. Auditors ask for these. */
  readonly unexplained: boolean;
}

export type FindingStatus = 'new' | 'known' | 'accepted' | 'expired';

export interface FindingTicket {
  readonly id: string;
  readonly approver: string | null;
  /** `after`: somebody wrote the ticket after the change. */
  readonly written: 'before' | 'after';
}

/** How many findings there are of each kind. Null in a report of a hunt that has nothing to compare with. */
export interface DispositionCounts {
  readonly new: number;
  readonly known: number;
  readonly accepted: number;
  readonly expired: number;
  /** Those of earlier periods. They are also counted above. */
  readonly late: number;
  /** Null if the hunt has no tickets. `none`: changes without a ticket. */
  readonly tickets: {
    readonly before: number;
    readonly after: number;
    readonly none: number;
  } | null;
  readonly unexplained: number;
}

/** A finding of the baseline that this hunt does not have. */
export interface GoneFinding {
  readonly eventID: string | null;
  readonly eventTime: string | null;
  readonly eventName: string | null;
  readonly account: string | null;
  readonly sentence: string | null;
}

/** An exception, and what it accepted in this report. */
export interface ExceptionUse {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string | null;
  readonly ticket: string | null;
  /** The last day on which it accepts, `2026-12-31` (UTC). */
  readonly expires: string;
  /** Whether its last day was over when the hunt ran. */
  readonly isExpired: boolean;
  /** How many findings of this report it accepts, or once would have. */
  readonly findings: number;
  /** How many of them it no longer accepts. */
  readonly expired: number;
  /** Who made them: those with the most findings first. */
  readonly by: readonly { readonly actor: string; readonly findings: number }[];
  /** How many of them its approver made. */
  readonly ownApproval: number;
  /** It has matched nothing since it was written; null where the hunt has no history to tell. */
  readonly isUnused: boolean | null;
}
