/** What hunts in Athena and Trino have in common: the dry run, and the report from an open table. */
import type { TableEngine } from '../../engine/engine.js';
import { dryRunText } from '../../hunt/table/dry-run.js';
import { runTableHunt } from '../../hunt/table/hunt.js';
import { planTable, type PlanRequest, type HuntedTable } from '../../hunt/table/plan.js';
import type { Report } from '../../report/report.js';
import type { CommandContext } from '../context.js';
import type { TableHunt } from './table-hunt.js';

/** Prints what the hunt would run. */
export function printDryRun(
  table: HuntedTable,
  ask: PlanRequest,
  { stdout }: Pick<CommandContext, 'stdout'>,
): void {
  stdout.write(dryRunText(table, planTable(table, ask)));
}

interface TableReportRequest {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  readonly ask: PlanRequest;
  readonly hunt: TableHunt;
  /** Stops the queries that run, once the hunt cannot continue. */
  readonly stop: AbortController;
  readonly version: string;
}

/** Runs the queries and gives the report. Throws HuntErrors. */
export function tableReport(request: TableReportRequest): Promise<Report> {
  const { table, engine, ask, hunt, stop, version } = request;
  return runTableHunt({
    rules: ask.rules,
    window: ask.window,
    exclusions: ask.exclusions,
    filters: ask.filters,
    late: ask.late,
    now: ask.now,
    table,
    engine,
    stop: () => stop.abort(),
    atOnce: hunt.run.parallel,
    price: table.engine === 'athena' ? hunt.price : undefined,
    version,
    config: hunt.settings.config,
    warnings: hunt.settings.warnings,
    onPart: (done, total) => hunt.progress.part(done, total),
  });
}
