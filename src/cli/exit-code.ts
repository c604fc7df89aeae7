/** The exit codes of every command. The README documents them for schedulers. */
import type { Report } from '../report/report.js';

export const EXIT = {
  complete: 0,
  /** There are findings, and the user gave `--fail-on-findings`; or a rule's own test failed. */
  findings: 1,
  /** No report: a wrong option, rule or path, or a failure. */
  failure: 2,
  /** The report is written, but some evidence could not be read. */
  evidenceLost: 3,
  interrupted: 130,
} as const;

/** The exit code of a hunt that has written its report. Lost evidence outranks findings. */
export function exitCodeOf(report: Report, failOnFindings: boolean): number {
  if (report.files.unreadable.length > 0) return EXIT.evidenceLost;
  const hasFindings = report.sections.some(({ findings }) => findings.length > 0);
  return hasFindings && failOnFindings ? EXIT.findings : EXIT.complete;
}
