/**
 * The search of a scheduled run for events of earlier periods whose files came late. It is a hunt of its own, over the lookback; the
 * report takes of it what no earlier run has reported: findings, and lost evidence.
 */
import { AnswerCollector } from '../findings/collector.js';
import { NOTHING_KNOWN } from '../findings/finding-text.js';
import type { ScheduledRun } from '../history/scheduled-run.js';
import type { LateFiles } from '../report/completeness/digest-check.js';
import type { EndingEvent } from '../report/ending-event.js';
import {
  placesOf,
  type FindingItem,
  type Findings,
  type MatchedFinding,
} from '../report/finding.js';
import type { FileOutcomes, Warning } from '../report/report.js';
import type { WarningCode } from '../report/warnings.js';
import type { Query } from '../query/query.js';
import { inBrief } from '../story/brief.js';
import type { WatchedLogs } from '../watch/watched-events.js';
import type { AnswerSource, SourceAnswer } from './answer-source.js';

export interface LateAnswer extends SourceAnswer {
  readonly query: Query;
  /** Null where there is no late finding, or digests are not checked. */
  readonly proof: LateFiles | null;
}

/** Runs the search. Throws a HuntError if it fails. */
export async function answerLate(search: AnswerSource, run: ScheduledRun): Promise<LateAnswer> {
  const { query } = search;
  const found = await search.answer(
    (textOf) =>
      new AnswerCollector(query, { textOf, isReported: (event) => run.isReported(event) }),
  );
  const proof = (await search.checkFiles?.(sourcesOf(found))) ?? null;
  return { ...found, query, proof };
}

/** Where the findings are from. Who made them does not matter for that. */
function* sourcesOf({ answer }: SourceAnswer): Generator<string | null> {
  for (const { source } of placesOf(answer.findings.read(NOTHING_KNOWN))) yield source;
}

/** What could not be read: also of earlier periods, unless an earlier run has reported it. */
export function withLateLosses(
  files: FileOutcomes,
  late: FileOutcomes,
  run: ScheduledRun,
): FileOutcomes {
  const keyOf = ({ path, reason }: FileOutcomes['unreadable'][number]): string =>
    JSON.stringify([path, reason]);
  const own = new Set(files.unreadable.map(keyOf));
  const further = late.unreadable.filter(
    (loss) => !run.isLossReported(loss.path, loss.reason) && !own.has(keyOf(loss)),
  );
  return { ...files, unreadable: [...files.unreadable, ...further] };
}

/** Warnings that events may still come, or be in files that were not opened: the next runs look for these. */
const LOOKED_FOR: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'LATE_DELIVERY',
  'WINDOW_STILL_FILLING',
]);

/** The warnings of a scheduled run, without those that tell a reader to look again: its next runs do so. */
export function withoutLooked(warnings: readonly Warning[]): readonly Warning[] {
  return warnings.filter(({ code }) => !LOOKED_FOR.has(code));
}

/** The findings of two hunts, one after the other. Those of the first are older. */
export function joinedFindings(
  older: Findings<MatchedFinding>,
  newer: Findings<MatchedFinding>,
): Findings<MatchedFinding> {
  return {
    length: older.length + newer.length,
    *items() {
      yield* itemsOf(older);
      yield* itemsOf(newer);
    },
    *places() {
      yield* placesOf(older);
      yield* placesOf(newer);
    },
    *[Symbol.iterator]() {
      yield* older;
      yield* newer;
    },
  };
}

function* itemsOf(findings: Findings<MatchedFinding>): Generator<FindingItem> {
  if (findings.items !== undefined) yield* findings.items();
  else
    for (const finding of findings)
      yield { text: () => JSON.stringify(finding), brief: () => inBrief(finding) };
}

/**
 * What ends the findings of two hunts, in the order of time, each once: both hunts may read the same event. What came after the window
 * ends nothing in it. What came before it may end a late finding.
 */
export function endingsBefore(
  until: number | undefined,
  watched: readonly (Pick<WatchedLogs, 'endings'> | undefined)[],
): readonly EndingEvent[] {
  const endings = watched.flatMap((logs) => logs?.endings ?? []);
  const different = new Map(endings.map((ending) => [JSON.stringify(ending), ending]));
  return [...different.values()]
    .filter(({ at }) => at < (until ?? Infinity))
    .toSorted((a, b) => a.at - b.at);
}
