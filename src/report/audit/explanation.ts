/** What explains a finding. Every part of an audit report counts and groups findings by this. */
import { countedKind } from '../counted-kind.js';
import type { Finding } from '../finding.js';

/**
 * In the order in which an auditor reads them. `unassessed`: a change in a hunt that had nothing to explain it with.
 * `selfApproved`: who approved its ticket or its exception made the change. The last four changed nothing, so they need none.
 */
export const EXPLANATIONS = [
  'unexplained',
  'unassessed',
  'selfApproved',
  'ticketed',
  'approved',
  'accepted',
  'session',
  'read',
  'network activity',
  'failed',
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

/** Counts to add to, one for each explanation. */
export function noneExplained(): Record<Explanation, number> {
  return {
    unexplained: 0,
    unassessed: 0,
    selfApproved: 0,
    ticketed: 0,
    approved: 0,
    accepted: 0,
    session: 0,
    read: 0,
    'network activity': 0,
    failed: 0,
  };
}

/** What no exception and no ticket from before explains is unexplained; without either in the hunt, it is unassessed. */
export function explanationOf(
  finding: Parameters<typeof countedKind>[0] & Pick<Finding, 'disposition'>,
): Explanation {
  const kind = countedKind(finding);
  if (kind !== 'change') return kind;
  const { disposition } = finding;
  if (disposition === null) return 'unassessed';
  if (disposition.unexplained) return 'unexplained';
  if (disposition.ownApproval) return 'selfApproved';
  const { ticket } = disposition;
  if (ticket?.written !== 'before') return 'accepted';
  return ticket.approver === null ? 'ticketed' : 'approved';
}
