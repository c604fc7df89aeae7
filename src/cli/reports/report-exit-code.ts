/** What a report comes to for a scheduler. */
import { newFindings } from '../../report/news.js';
import type { Report } from '../../report/report.js';
import { causesThree } from '../../report/warnings.js';
import { EXIT } from '../exit-code.js';

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
