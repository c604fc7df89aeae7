/** A table in Athena or Trino as a source of answers: its engine runs the query, part by part. */
import type { CallTotals } from '../../answer/calls.js';
import { countedLogs } from '../../answer/record-counts.js';
import { NO_EVIDENCE } from '../../report/completeness/completeness.js';
import { watchedEvidence } from '../../watch/evidence.js';
import { recordsByAccount } from '../assemble/coverage/coverage.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { TableEngine } from '../../engine/engine.js';
import { AnswerCollector } from '../../findings/collector.js';
import type { EngineUsage, Report } from '../../report/report.js';
import type { Relation } from '../../table/columns/fit.js';
import { isPartial, sliceName, type Slice } from '../../table/partitions/slice.js';
import { lateReading } from '../late-reading.js';
import { withDigestCheck, type AnswerSource, type SourceAnswer } from '../answer-source.js';
import { hunt, type HuntContext } from '../hunt.js';
import type { BucketChecks } from '../verify.js';
import { costOf } from './cost.js';
import { tableCoverage } from './coverage/coverage.js';
import { emptyDays, emptyDaysWarnings } from './coverage/empty-days.js';
import { readsNarrowly } from './file-size.js';
import { lostRows } from './coverage/lost-rows.js';
import { followInTable, type FollowRequest } from './follow.js';
import type { LostPart } from './parts/parts.js';
import { runAll } from './parts/run-all.js';
import type { HuntedTable } from './plan/hunted-table.js';
import { planTable, type TablePlan } from './plan/plan.js';
import type { FilesKnown } from './parts/read-part.js';
import { withRegisteredValues } from './plan/registered-values.js';
import { tableWarnings } from './warnings.js';

export interface TableHuntRequest extends FollowRequest {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  /** Stops what the engine runs, where the hunt cannot go on. */
  readonly stop: () => void;
  /** How many parts run at the same time. */
  readonly atOnce: number;
  /** The price of a terabyte in US dollars; undefined if the engine sends no bill. */
  readonly price: number | undefined;
  readonly onPart: (done: number, total: number) => void;
  /** Check the bucket below the table by digests: that of the window beside the query. */
  readonly bucketChecks?: Partial<BucketChecks> | undefined;
}

/** Hunts a table. Throws a HuntError if no report can be made. The caller closes the engine. */
export async function runTableHunt(
  request: TableHuntRequest,
  context: HuntContext,
): Promise<Report> {
  const table = await withRegisteredValues(request.table, request.engine);
  const asked: TableHuntRequest = { ...request, table };
  const late = context.run && lateReading(context.run, request.late);
  const lateFiles = request.bucketChecks?.lateFiles;
  const search =
    late &&
    tableSource(
      { ...asked, ...late, calls: false, watch: false, bucketChecks: { lateFiles } },
      'late events',
    );
  return hunt(tableSource(asked), context, search);
}

/** `label` begins the names of the statements, where they are not those of the period. */
function tableSource(request: TableHuntRequest, label?: string): AnswerSource {
  const plan = planTable(request.table, request);
  return {
    query: plan.query,
    refused: plan.refused,
    answer: async (begin) => {
      const [answer, digests] = await Promise.all([
        runPlan(request, plan, { collector: begin(), label }),
        request.bucketChecks?.window?.() ?? null,
      ]).catch((error: unknown) => {
        request.stop();
        throw error;
      });
      return withDigestCheck(answer, digests);
    },
    // Athena sends a bill for it.
    countCalls: request.table.engine === 'trino' ? () => countedCalls(request) : undefined,
    checkFiles: request.bucketChecks?.lateFiles,
  };
}

/** Reads the table for the calls alone. */
async function countedCalls(request: TableHuntRequest): Promise<CallTotals | undefined> {
  const asked: TableHuntRequest = { ...request, rules: [], calls: true, follow: false };
  const plan = planTable(request.table, asked);
  const { answer } = await runPlan(asked, plan, { collector: new AnswerCollector(plan.query) });
  return answer.calls;
}

async function runPlan(
  request: TableHuntRequest,
  plan: TablePlan,
  {
    collector,
    label,
  }: { readonly collector: AnswerCollector; readonly label?: string | undefined },
): Promise<SourceAnswer> {
  const { table, engine, now } = request;
  const coverage = await tableCoverage({ plan, table, engine, now });
  const files: FilesKnown = { source: table.source };
  const isNarrow = await readsNarrowly({ plan, table, engine });
  const running = { request, plan, coverage, collector, files, isNarrow, label };
  const { parts, lost } = await runAll(running);
  const answer = collector.answer();
  const { followed, warnings } = await followInTable(running, answer);
  const logs = countedLogs(answer.counts);
  const stillFilling = now - request.late;
  // What is lost of one account says nothing of the other records of its days.
  const isWhole = ({ accounts, regions }: Slice): boolean =>
    accounts === plan.whole.accounts && regions === plan.whole.regions;
  const lostDays = [...coverage.gaps, ...lost.map(({ slice }) => slice).filter(isWhole)];
  const empty = emptyDays({
    window: plan.query.window,
    hours: logs.hours,
    stillFilling,
    named: lostDays.flatMap(({ days }) => days ?? []),
  });
  return {
    answer,
    logs: saysKinds(plan.relation) ? logs : { ...logs, kinds: [] },
    files: {
      read: null,
      skipped: [],
      skippedRecords: logs.notEvents,
      unreadable: [
        ...coverage.gaps.map(({ path, reason }) => ({ path, reason })),
        ...lost.map(lostPartition),
        ...lostRows({ table, query: plan.query, parts }),
      ],
      repairedSurrogates: 0,
    },
    source: {
      engine: table.engine,
      paths: [],
      table: table.name,
      missingFields: [
        ...plan.relation.missing,
        ...plan.lacked,
        ...(files.source === undefined ? ['source'] : []),
      ],
      execution: executionOf(engine, request.price),
    },
    followed,
    stillFilling,
    silences: empty.silences,
    evidence: {
      ...NO_EVIDENCE,
      ...watchedEvidence(answer.watched, {
        accounts: recordsByAccount(logs),
        files: undefined,
        window: plan.query.window,
      }),
    },
    warnings: [
      ...tableWarnings({ plan, logs, uncertain: answer.uncertain, now }),
      ...emptyDaysWarnings(empty, isPartial(plan.whole)),
      ...coverage.warnings,
      ...warnings,
    ],
  };
}

/** Whether the table has one of the fields that say the kind of an event. */
function saysKinds({ missing, management }: Relation): boolean {
  return management !== undefined || !missing.includes('eventCategory');
}

function lostPartition({ slice, reason }: LostPart) {
  return { path: `partition ${sliceName(slice)}`, reason };
}

function executionOf(engine: TableEngine, price: number | undefined): EngineUsage {
  const queries = engine.executions().toSorted((a, b) => byCodePoint(a.part, b.part));
  return {
    queries,
    bytes: queries.reduce((total, { bytes }) => total + bytes, 0),
    milliseconds: queries.reduce((total, { milliseconds }) => total + milliseconds, 0),
    cost:
      price === undefined
        ? null
        : { amount: costOf(queries, price), currency: 'USD', pricePerTerabyte: price },
  };
}
