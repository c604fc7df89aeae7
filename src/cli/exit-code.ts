/** The exit codes of every command. The README documents them for schedulers. */
import { newFindings } from '../report/news.js';
import type { Report } from '../report/report.js';
import { causesThree } from '../report/warnings.js';

export const EXIT = {
  complete: 0,
  /** There are findings (where they are compared: new or expired ones), and the user gave `--fail-on-findings`; or a rule's own test failed; or two reports differ. */
  findings: 1,
  /** No report: a wrong option, rule or path, or a failure. */
  failure: 2,
  /** The report is written, but some evidence is missing or could not be read, or nothing was looked at. */
  incomplete: 3,
  interrupted: 130,
} as const;

export interface ExitOptions {
  readonly failOnFindings: boolean;
  /** Whether a hunt that looked at nothing counts as complete. */
  readonly allowEmpty: boolean;
}

/** The exit code of a hunt that has written its report. An incomplete hunt outranks findings. */
export function exitCodeOf(report: Report, { failOnFindings, allowEmpty }: ExitOptions): number {
  if (report.files.unreadable.length > 0 || report.ruleFiles.refused.length > 0)
    return EXIT.incomplete;
  const warnings = [...report.warnings, ...report.sections.flatMap((section) => section.warnings)];
  if (warnings.some((warning) => causesThree(warning, allowEmpty))) return EXIT.incomplete;
  return failOnFindings && newFindings(report) > 0 ? EXIT.findings : EXIT.complete;
}
