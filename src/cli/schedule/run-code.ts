/** The exit codes of scheduled runs. */
import { newFindings } from '../../report/news.js';
import type { Report } from '../../report/report.js';
import { EXIT } from '../exit-code.js';
import { exitCodeOf } from '../reports/report-exit-code.js';
import type { FailOn } from '../options/hunt-yml/reports.js';

/** The exit code of one run. An incomplete run outranks findings, as in every hunt. */
export function runCode(report: Report, fail: FailOn, allowEmpty: boolean): number {
  const code = exitCodeOf(report, { failOnFindings: false, allowEmpty });
  return code === EXIT.complete && fails(report, fail) ? EXIT.findings : code;
}

function fails(report: Report, fail: FailOn): boolean {
  const { dispositions, findings } = report;
  switch (fail) {
    case 'new':
      return newFindings(report) > 0;
    case 'unexplained':
      return dispositions === null ? findings.length > 0 : dispositions.unexplained > 0;
    case 'never':
      return false;
    default:
      return fail satisfies never;
  }
}

/** The one that a scheduler must hear of. */
export function worseCode(a: number, b: number): number {
  const rank = [EXIT.complete, EXIT.findings, EXIT.incomplete, EXIT.failure] as readonly number[];
  return rank.indexOf(a) >= rank.indexOf(b) ? a : b;
}
