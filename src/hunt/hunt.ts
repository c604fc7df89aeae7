/** Runs a hunt on any engine: a source answers the query, and the answer becomes a report. */
import type { CallTotals } from '../answer/calls.js';
import type { Compared } from '../disposition/compared.js';
import { AnswerCollector } from '../findings/collector.js';
import { NO_EVIDENCE } from '../report/completeness/completeness.js';
import type { HuntSource, Report, RuleFileOutcomes, Warning } from '../report/report.js';
import { isIndicator, type GivenFilter } from '../rule/filters.js';
import type { ScheduledRun } from '../history/scheduled-run.js';
import type { AnswerSource, SourceAnswer } from './answer-source.js';
import type { LogDemands } from '../report/completeness/expectations.js';
import { toReport } from './assemble/report.js';
import { answerLate, withLateLosses, withoutLooked } from './late.js';

/** Facts about the hunt that the report records. */
export interface HuntContext {
  readonly version: string;
  readonly config: HuntSource['config'];
  /** Warnings from before the hunt. */
  readonly warnings: readonly Warning[];
  /** The options that limit the events. */
  readonly given?: readonly GivenFilter[] | undefined;
  /** Where folders of rules were named. */
  readonly ruleFiles?: RuleFileOutcomes | undefined;
  /** What `hunt who` or `hunt what` asks about. */
  readonly subject?: Report['subject'] | undefined;
  /** The scheduled run that the hunt is for. */
  readonly run?: ScheduledRun | undefined;
  /** What the findings are compared with: exceptions, tickets, an earlier report. */
  readonly compared?: Compared | undefined;
  /** What hunt.yml asks of the logs. */
  readonly demands?: LogDemands | undefined;
}

/**
 * Runs the hunt, and then the search for late events, which a scheduled run may have. Throws a HuntError if no report can be made.
 */
export async function hunt(
  source: AnswerSource,
  context: HuntContext,
  search?: AnswerSource,
): Promise<Report> {
  const { query } = source;
  const { run } = context;
  const filters = context.given ?? [];
  const read = await source.answer((textOf) => new AnswerCollector(query, { textOf }));
  const late = search && run && (await answerLate(search, run));
  const { engine, paths, table, missingFields } = read.source;
  // An engine's executions are those of both.
  const { execution } = (late ?? read).source;
  return toReport({
    run: run?.toRun() ?? null,
    seen: run?.seen?.isFull === true ? null : run?.seen,
    late,
    query,
    answer: read.answer,
    calls: read.answer.calls ?? (await callsBehindNothing(source, read, filters)),
    filters,
    logs: read.logs,
    files: late && run ? withLateLosses(read.files, late.files, run) : read.files,
    ruleFiles: {
      refused: [...(context.ruleFiles?.refused ?? []), ...(source.refused ?? [])],
      skipped: context.ruleFiles?.skipped ?? [],
    },
    source: { engine, paths, table, config: context.config, missingFields, execution },
    followed: read.followed,
    stillFilling: read.stillFilling,
    knownSilences: read.silences ?? [],
    evidence: { ...(read.evidence ?? NO_EVIDENCE), lateFiles: late?.proof ?? null },
    warnings: [
      ...context.warnings,
      ...(run?.warnings ?? []),
      ...(run === undefined ? read.warnings : withoutLooked(read.warnings)),
    ],
    version: context.version,
    subject: context.subject ?? null,
    compared: context.compared,
    demands: context.demands,
  });
}

/** Where no rule matched what the user looks for, the report says what there is of it. */
async function callsBehindNothing(
  { countCalls }: AnswerSource,
  { answer, logs }: SourceAnswer,
  filters: readonly GivenFilter[],
): Promise<CallTotals | undefined> {
  const isNothing =
    logs.records > 0 && [...answer.rules.keys()].every((id) => answer.findings.countOf(id) === 0);
  return isNothing && filters.some(isIndicator) ? countCalls?.() : undefined;
}
