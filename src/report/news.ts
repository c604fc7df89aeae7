/** What a reader of a report does not know yet. */
import type { Report } from './report.js';

/** How many findings nobody has accepted, and the baseline does not have. Without anything to compare with, that is all. */
export function newFindings({
  findings,
  dispositions,
}: Pick<Report, 'findings' | 'dispositions'>): number {
  return dispositions === null ? findings.length : dispositions.new + dispositions.expired;
}
