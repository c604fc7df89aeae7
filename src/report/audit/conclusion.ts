/** What the findings of an audit report come to, from how many there are of each explanation. */
import type { Conclusion } from './audit.js';
import { countedKind } from '../counted-kind.js';
import type { Finding } from '../finding.js';
import type { Report } from '../report.js';
import { explanationOf, noneExplained, type Explanation } from './explanation.js';

/** How many findings there are of each explanation, and of the changes, how many are of an earlier period. */
export interface Tally {
  readonly counts: Readonly<Record<Explanation, number>>;
  readonly late: number;
}

/** Reads all findings once, and calls `seen` for each. */
export function tallyOf(findings: Report['findings'], seen?: (finding: Finding) => void): Tally {
  const counts = noneExplained();
  let late = 0;
  for (const finding of findings) {
    counts[explanationOf(finding)] += 1;
    if (countedKind(finding) === 'change' && (finding.disposition?.late ?? null) !== null)
      late += 1;
    seen?.(finding);
  }
  return { counts, late };
}

/** `isCompared`: whether exceptions or tickets were given. */
export function conclusionOf({ counts, late }: Tally, isCompared: boolean): Conclusion {
  const { approved, selfApproved, ticketed, accepted, unexplained } = counts;
  const { unassessed, session: sessions, read: reads, failed } = counts;
  const { 'network activity': networkActivity } = counts;
  const explained = approved + selfApproved + ticketed + accepted + unexplained;
  return {
    changes: explained + unassessed,
    late,
    explanations: isCompared ? { approved, selfApproved, ticketed, accepted, unexplained } : null,
    sessions,
    reads,
    networkActivity,
    failed,
  };
}
