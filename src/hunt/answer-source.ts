/** What a hunt needs of an engine: it answers the query, and says what it read for that. */
import type { CallTotals } from '../answer/calls.js';
import type { HourSpan } from '../cloudtrail/time/hour-span.js';
import type { Answer, AnswerCollector } from '../findings/collector.js';
import type { Query } from '../query/query.js';
import { NO_EVIDENCE, type Evidence } from '../report/completeness/completeness.js';
import type { DigestCheck, LateFiles } from '../report/completeness/digest-check.js';
import type { FileOutcomes, HuntSource, RefusedRule, Warning } from '../report/report.js';
import type { LogsRead } from './assemble/coverage/coverage.js';
import type { FollowedKeys } from './follow/follow.js';

/** Runs a query: on local logs in DuckDB, or on a table in Athena or Trino. */
export interface AnswerSource {
  readonly query: Query;
  /** Rules that are not in the query, because the source cannot answer them. */
  readonly refused?: readonly RefusedRule[] | undefined;
  /**
   * Runs the query once. `begin` makes an empty collector for its rows. A source that must run the query again makes a new
   * collector. Throws a HuntError if the query fails.
   */
  answer(begin: (textOf?: (reference: string) => string) => AnswerCollector): Promise<SourceAnswer>;
  /**
   * Counts the calls that the filters leave, in a further reading of the records. Missing where they cannot be read again, or
   * where that would cost money.
   */
  readonly countCalls?: (() => Promise<CallTotals | undefined>) | undefined;
  /** Checks the files that findings are from by digests, in the search for late events. Missing where digests are not checked. */
  readonly checkFiles?:
    | ((sources: Iterable<string | null>) => Promise<LateFiles | null>)
    | undefined;
}

/** The answer, and a summary of what was read for it. */
export interface SourceAnswer {
  readonly answer: Answer;
  readonly logs: LogsRead;
  readonly files: FileOutcomes;
  readonly source: Omit<HuntSource, 'config'>;
  /** Who issued the keys of sessions in the findings. */
  readonly followed: FollowedKeys;
  /** Files with events from this instant on may still arrive; Infinity where all of them have. */
  readonly stillFilling: number;
  /** When no account has a record, and the report says so already. Not to be said again for each account. */
  readonly silences?: readonly HourSpan[] | undefined;
  /** What is known of the logs beside their records; undefined where nothing is. */
  readonly evidence?: Evidence | undefined;
  /** Warnings about the logs as a whole. */
  readonly warnings: readonly Warning[];
}

/** The answer with the check of its logs by digests. */
export function withDigestCheck(answer: SourceAnswer, digests: DigestCheck | null): SourceAnswer {
  if (digests === null) return answer;
  return { ...answer, evidence: { ...(answer.evidence ?? NO_EVIDENCE), digests } };
}
