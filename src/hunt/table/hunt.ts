/** A table in Athena or Trino as a source of answers: its engine runs the query, part by part. */
import { answerReader } from '../../answer/read-answer.js';
import { countedLogs } from '../../answer/record-counts.js';
import type { RecordCount } from '../../answer/row.js';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Row, TableEngine } from '../../engine/engine.js';
import { StatementFailed } from '../../engine/failure.js';
import type { AnswerCollector } from '../../findings/collector.js';
import type { EngineUsage, Report } from '../../report/report.js';
import { partitionIn } from '../../table/partitions/path-partition.js';
import { halve, sliceName, type Slice } from '../../table/partitions/slice.js';
import { splitOut } from '../../table/partitions/split-out.js';
import { hunt, type AnswerSource, type HuntContext, type SourceAnswer } from '../hunt.js';
import { costOf } from './cost.js';
import { tableCoverage, type TableCoverage } from './coverage.js';
import { emptyDays, emptyDaysWarnings } from './empty-days.js';
import { lostRows, type CountedPart } from './lost-rows.js';
import { runParts, type LostPart } from './parts/parts.js';
import type { HuntedTable } from './plan/hunted-table.js';
import { planTable, type PlanRequest, type TablePlan } from './plan/plan.js';
import { partsOf, partSql } from './plan/statement.js';
import { withRegisteredValues } from './registered-values.js';
import { tableWarnings } from './warnings.js';

export interface TableHuntRequest extends PlanRequest {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  /** Stops what the engine runs, where the hunt cannot go on. */
  readonly stop: () => void;
  /** How many parts run at the same time. */
  readonly atOnce: number;
  /** The price of a terabyte in US dollars; undefined if the engine sends no bill. */
  readonly price: number | undefined;
  readonly onPart: (done: number, total: number) => void;
}

/** Hunts a table. Throws a HuntError if no report can be made. The caller closes the engine. */
export async function runTableHunt(
  request: TableHuntRequest,
  context: HuntContext,
): Promise<Report> {
  const table = await withRegisteredValues(request.table, request.engine);
  return hunt(tableSource({ ...request, table }), context);
}

function tableSource(request: TableHuntRequest): AnswerSource {
  const plan = planTable(request.table, request);
  return {
    query: plan.query,
    refused: plan.refused,
    answer: (begin) => runPlan(request, plan, begin()),
  };
}

async function runPlan(
  request: TableHuntRequest,
  plan: TablePlan,
  collector: AnswerCollector,
): Promise<SourceAnswer> {
  const { table, engine, now } = request;
  const coverage = await tableCoverage({ plan, table, engine, now });
  const files: FilesKnown = { source: table.source };
  const { parts, lost } = await runAll({ request, plan, coverage, collector, files });
  const answer = collector.answer();
  const logs = countedLogs(answer.counts);
  const stillFilling = now - request.late;
  const lostDays = [...coverage.gaps, ...lost.map(({ slice }) => slice)];
  const empty = emptyDays({
    window: plan.query.window,
    hours: logs.hours,
    stillFilling,
    named: lostDays.flatMap(({ days }) => days ?? []),
  });
  return {
    answer,
    logs,
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
      missingFields: [...plan.relation.missing, ...(files.source === undefined ? ['source'] : [])],
      execution: executionOf(engine, request.price),
    },
    stillFilling,
    silences: empty.silences,
    warnings: [
      ...tableWarnings({ plan, logs, uncertain: answer.uncertain, now }),
      ...emptyDaysWarnings(empty),
      ...coverage.warnings,
    ],
  };
}

interface FilesKnown {
  /** The expression for the file of a record, until the engine says that it knows none. */
  source: string | undefined;
}

interface Running {
  readonly request: TableHuntRequest;
  readonly plan: TablePlan;
  readonly coverage: TableCoverage;
  readonly collector: AnswerCollector;
  readonly files: FilesKnown;
}

async function runAll(running: Running): Promise<{
  readonly parts: readonly CountedPart[];
  readonly lost: readonly LostPart[];
}> {
  const { plan, coverage, collector } = running;
  const { engine, atOnce, stop, onPart } = running.request;
  const readRow = answerReader(plan.query);
  const slices = partsOf(plan, coverage);
  const parts: CountedPart[] = [];
  const lost = await runParts({
    slices,
    read: async (slice) => {
      const part = collector.part();
      const isOnly = slices.length === 1 && slice === slices[0];
      const counts: RecordCount[] = [];
      for await (const row of rowsOf(running, slice, isOnly)) {
        const answer = readRow(row);
        part.add(answer);
        if (answer.kind === 'records') counts.push(answer);
      }
      part.complete();
      parts.push({ slice, counts });
      return counts.reduce((total, { records }) => total + records, 0);
    },
    split: (slice, message) => {
      const named = message === undefined ? undefined : partitionIn(message);
      return (named && splitOut(slice, named, coverage.known)) ?? halve(slice, coverage.known);
    },
    took: (slice) => {
      const own = engine.executions().filter(({ part }) => partNames(slice).includes(part));
      return Math.max(0, ...own.map(({ milliseconds }) => milliseconds));
    },
    atOnce,
    stop,
    onPart,
  });
  return { parts, lost };
}

/** The names of a part's statements: with the files of its records, and without. */
function partNames(slice: Slice): readonly [string, string] {
  const name = sliceName(slice);
  return [name, `${name} without files`];
}

/** The rows of a part; without the files of its records where it turns out that the engine knows none. */
async function* rowsOf(
  { request: { table, engine }, plan, files }: Running,
  slice: Slice,
  isOnly: boolean,
): AsyncIterable<Row> {
  const run = (source: string | undefined): AsyncIterable<Row> =>
    engine.rows(
      partSql(
        plan,
        { from: table.from, source, longestStatement: table.longestStatement },
        { slice, isOnly },
      ),
      partNames(slice)[source === table.source ? 0 : 1],
    );
  const { source } = files;
  try {
    yield* run(source);
  } catch (error) {
    const isUnknown = error instanceof StatementFailed && error.reason.includes('$path');
    if (source === undefined || !isUnknown) throw error;
    files.source = undefined;
    yield* run(undefined);
  }
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
