/** A change, or a kind of change, that a person accepts until a day. */
import type { Condition } from '../../rule/condition/condition.js';

export interface Exception {
  readonly id: string;
  readonly reason: string;
  readonly owner: string;
  readonly approver: string | null;
  readonly ticket: string | null;
  /** The last day on which it accepts, `2026-12-31`, in UTC. */
  readonly expires: string;
  readonly match: ExceptionMatch;
}

/** All keys must hold. A list holds if one of its values does; an empty list always holds. */
export interface ExceptionMatch {
  readonly eventIDs: readonly string[];
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  /** Of the sentence about the change. */
  readonly changes: readonly string[];
  readonly accounts: readonly string[];
  readonly tools: readonly Condition[];
  /** Of the rule language. */
  readonly where: Condition | null;
}
