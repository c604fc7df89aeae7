/** What a report comes to for a scheduler. */
import { newFindings } from '../../report/news.js';
import type { Report } from '../../report/report.js';
import { EXIT } from '../exit-code.js';
import { causesOfThree } from './concerns.js';

export interface ExitOptions {
  readonly failOnFindings: boolean;
  /** Whether a hunt that looked at nothing counts as complete. */
  readonly allowEmpty: boolean;
}

/** The exit code of a hunt that has written its report. An incomplete hunt outranks findings. */
export function exitCodeOf(report: Report, { failOnFindings, allowEmpty }: ExitOptions): number {
  if (causesOfThree(report, allowEmpty).length > 0) return EXIT.incomplete;
  return failOnFindings && newFindings(report) > 0 ? EXIT.findings : EXIT.complete;
}
