/** The steps that hunts in Athena and Trino share: the dry run, and the report from an open table. */
import type { TableEngine } from '../../../engine/engine.js';
import { dryRunText } from '../../../hunt/table/plan/dry-run.js';
import { runTableHunt } from '../../../hunt/table/hunt.js';
import { planTable, type PlanRequest } from '../../../hunt/table/plan/plan.js';
import type { HuntedTable } from '../../../hunt/table/plan/hunted-table.js';
import type { Report } from '../../../report/report.js';
import type { CommandContext } from '../../context.js';
import type { TableHuntSettings } from './table-hunt-settings.js';

/** Prints what the hunt would run. */
export function printDryRun(
  table: HuntedTable,
  planRequest: PlanRequest,
  { stdout }: Pick<CommandContext, 'stdout'>,
): void {
  stdout.write(dryRunText(table, planTable(table, planRequest)));
}

interface TableReportRequest {
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  readonly planRequest: PlanRequest;
  readonly hunt: TableHuntSettings;
  /** Stops the queries that run, once the hunt cannot continue. */
  readonly stop: AbortController;
  readonly version: string;
}

/** Runs the queries and gives the report. Throws HuntErrors. */
export function tableReport(request: TableReportRequest): Promise<Report> {
  const { table, engine, planRequest, hunt, stop, version } = request;
  return runTableHunt(
    {
      rules: planRequest.rules,
      window: planRequest.window,
      exclusions: planRequest.exclusions,
      filters: planRequest.filters,
      calls: planRequest.calls,
      trustPaths: planRequest.trustPaths,
      late: planRequest.late,
      follow: hunt.settings.follow,
      now: planRequest.now,
      table,
      engine,
      stop: () => stop.abort(),
      atOnce: hunt.run.parallel,
      price: table.engine === 'athena' ? hunt.price : undefined,
      onPart: (done, total) => hunt.progress.part(done, total),
      bucketChecks: hunt.bucketChecks,
    },
    {
      version,
      config: hunt.settings.config,
      warnings: [...hunt.settings.warnings, ...hunt.settings.selection.warnings],
      given: hunt.settings.selection.given,
      ruleFiles: hunt.settings.selection.ruleFiles,
      run: hunt.settings.run,
      subject: hunt.settings.subject,
      compared: hunt.settings.compared,
      demands: hunt.settings.demands,
    },
  );
}
