/** What the findings of a hunt are compared with. */
import type { Period } from '../cloudtrail/time/period.js';
import type { Window } from '../cloudtrail/time/window.js';
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
  /** Rows of the export that could not be read. */
  readonly unreadable: number;
}

/** An earlier report. */
export interface Baseline {
  has(finding: MatchedFinding): boolean;
  /** A finding of this hunt. */
  see(finding: MatchedFinding): void;
  /** What it has and this hunt has not, when all findings have been seen: at most 1,000. */
  gone(scope: BaselineScope): readonly GoneFinding[];
}

/** What this hunt looked for. */
export interface BaselineScope {
  readonly window: Window;
  /** The IDs of its rules. */
  readonly rules: ReadonlySet<string>;
  /** Whether filters limit the events: then the hunt cannot say what is gone. */
  readonly hasFilters: boolean;
}
