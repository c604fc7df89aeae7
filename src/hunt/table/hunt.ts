/** A hunt over a table elsewhere, from bound rules to a report: the same report as over local dumps. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { TableEngine, Row } from '../../engine/engine.js';
import { StatementFailed } from '../../engine/failure.js';
import type { EngineUsage, Report, Warning } from '../../report/report.js';
import { halve, sliceName, type Slice } from '../../table/partitions/slice.js';
import { Gathering } from '../../findings/gather.js';
import { toReport } from '../assemble/report.js';
import { censusOf } from '../../answer/census.js';
import { costOf } from './cost.js';
import { HiddenStore } from '../../answer/hidden.js';
import { mergeParts } from '../../answer/merge.js';
import { partsOf, partSql } from './plan/statement.js';
import { planTable, type PlanRequest, type TablePlan } from './plan/plan.js';
import type { HuntedTable } from './plan/hunted-table.js';
import { runParts, type LostPart } from './parts.js';
import { tableCoverage, type TableCoverage } from './coverage.js';
import { tableWarnings } from './warnings.js';

export interface TableHuntRequest extends PlanRequest {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  /** Stops what the engine runs, where the hunt cannot go on. */
  readonly stop: () => void;
  /** How many parts run side by side. */
  readonly atOnce: number;
  /** What a terabyte costs, in US dollars; undefined where nobody bills. */
  readonly price: number | undefined;
  readonly version: string;
  readonly config: Report['source']['config'];
  /** What is to be said already before the hunt. */
  readonly warnings: readonly Warning[];
  readonly onPart: (done: number, total: number) => void;
}

/**
 * Runs the rules on the engine and gives the report. Throws a HuntError where no report can be made. The caller closes the
 * engine.
 */
export async function runTableHunt(request: TableHuntRequest): Promise<Report> {
  const { table, engine, version } = request;
  const plan = planTable(table, request);
  const { query, relation } = plan;
  const coverage = await tableCoverage({ plan, table, engine, now: request.now });
  const gathering = new Gathering(query);
  const reading = { source: table.source };
  const { parts, lost } = await runAll(request, plan, coverage, gathering, reading);
  const { rows, doubtful } = mergeParts(parts.map((part) => part.rows));
  const logs = censusOf(rows);
  const hidden = new HiddenStore(query);
  const events = rows
    .filter((row) => row['census'] === null || row['census'] === undefined)
    .map((row) => hidden.add(row));
  return toReport({
    query,
    rows: events,
    findings: gathering.findings(),
    hidden: hidden.hidden(),
    logs,
    files: {
      read: null,
      skipped: [],
      skippedRecords: logs.decoys,
      unreadable: [...coverage.gaps, ...lost.map(lostFile)],
      repairedSurrogates: 0,
    },
    source: {
      engine: table.engine,
      paths: [],
      table: table.name,
      config: request.config,
      missingFields: [...relation.missing, ...(reading.source === undefined ? ['source'] : [])],
      execution: executionOf(engine, request.price),
    },
    warnings: [
      ...request.warnings,
      ...tableWarnings(plan, logs, doubtful, request.now),
      ...coverage.warnings,
    ],
    version,
  });
}

interface Reading {
  /** The table's, as long as nothing says that it knows none. */
  source: string | undefined;
}

function runAll(
  request: TableHuntRequest,
  plan: TablePlan,
  coverage: TableCoverage,
  gathering: Gathering,
  reading: Reading,
) {
  const { engine, atOnce, stop, onPart } = request;
  const slices = partsOf(plan, coverage.firstDay);
  return runParts({
    slices,
    rowsOf: (slice) =>
      rowsOf(request, plan, slice, slices.length === 1 && slice === slices[0], reading),
    keep: (row) => gathering.take(row),
    halve: (slice) => halve(slice, coverage.known),
    took: (slice) => {
      const own = engine.executions().filter(({ part }) => partNames(slice).includes(part));
      return Math.max(0, ...own.map(({ milliseconds }) => milliseconds));
    },
    atOnce,
    stop,
    onPart,
  });
}

/** The names of a part's statements: with the files of its records, and without. */
function partNames(slice: Slice): readonly [string, string] {
  const name = sliceName(slice);
  return [name, `${name} without files`];
}

/** The rows of a part; without the files of its records where it turns out that the engine knows none. */
async function* rowsOf(
  { table, engine }: TableHuntRequest,
  plan: TablePlan,
  slice: Slice,
  alone: boolean,
  reading: Reading,
): AsyncIterable<Row> {
  const ask = (source: string | undefined): AsyncIterable<Row> =>
    engine.rows(
      partSql(plan, { ...table, source }, { slice, isOnly: alone }),
      partNames(slice)[source === table.source ? 0 : 1],
    );
  const { source } = reading;
  try {
    yield* ask(source);
  } catch (error) {
    const isUnknown = error instanceof StatementFailed && error.reason.includes('$path');
    if (source === undefined || !isUnknown) throw error;
    reading.source = undefined;
    yield* ask(undefined);
  }
}

function lostFile({ slice, reason }: LostPart) {
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
