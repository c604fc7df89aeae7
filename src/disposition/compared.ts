/** What the findings of a hunt are compared with. */
import type { Period } from '../cloudtrail/time/period.js';
import type { FindingTicket, GoneFinding } from '../report/disposition.js';
import type { MatchedFinding } from '../report/finding.js';
import type { Exception } from './exceptions/exception.js';

export interface Compared {
  /** In the order of their file. */
  readonly exceptions: readonly Exception[];
  /** The IDs of exceptions that findings of earlier runs matched; undefined where the hunt has no history. */
  readonly matchedBefore: ReadonlySet<string> | undefined;
  readonly tickets: Tickets | undefined;
  readonly baseline: Baseline | undefined;
  /** The period of the run. What happened before is late. */
  readonly period: Period | undefined;
  /** The instant that the report is about: the end of its window, or the time of the hunt. */
  readonly asOf: number;
}

export interface Tickets {
  /** The ticket that explains a change; null if none does. */
  ticketOf(finding: MatchedFinding): FindingTicket | null;
}

/** An earlier report. */
export interface Baseline {
  has(finding: MatchedFinding): boolean;
  /** What it has and this hunt has not: at most so many. `isHere` says whether a finding is in this hunt. */
  gone(here: Iterable<MatchedFinding>, rules: ReadonlySet<string>): readonly GoneFinding[];
}
