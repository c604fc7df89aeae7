/** Says in one line how far a report can be trusted. */
import type { Report } from '../report.js';
import type { Evidence } from './completeness.js';
import { completenessOf } from './reasons.js';

/** The report with its conclusion. To be called when everything else of it is known. */
export function concluded(report: Omit<Report, 'completeness'>, evidence: Evidence): Report {
  const { completeness: verdict, because } = completenessOf(report, []);
  const sentence = because.length === 0 ? verdict : `${verdict}: ${because.join('; ')}`;
  return { ...report, completeness: { verdict, sentence, because, ...evidence } };
}
