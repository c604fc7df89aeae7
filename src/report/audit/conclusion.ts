/** What the findings of an audit report come to, from how many there are of each explanation. */
import type { Conclusion } from './audit.js';
import type { Explanation } from './explanation.js';

/** `isCompared`: whether exceptions or tickets were given. */
export function conclusionOf(
  counts: Readonly<Record<Explanation, number>>,
  isCompared: boolean,
): Conclusion {
  const { approved, selfApproved, ticketed, accepted, unexplained } = counts;
  const { unassessed, session: sessions, read: reads, failed } = counts;
  const { 'network activity': networkActivity } = counts;
  const explained = approved + selfApproved + ticketed + accepted + unexplained;
  return {
    changes: explained + unassessed,
    explanations: isCompared ? { approved, selfApproved, ticketed, accepted, unexplained } : null,
    sessions,
    reads,
    networkActivity,
    failed,
  };
}
