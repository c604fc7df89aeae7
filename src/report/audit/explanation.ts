/** What explains a finding. Every part of an audit report counts and groups findings by this. */
import type { Finding } from '../finding.js';

/**
 * In the order in which an auditor reads them. `unassessed`: a change in a hunt that had nothing to explain it with.
 * `selfApproved`: who approved its ticket or its exception made the change.
 */
export const EXPLANATIONS = [
  'unexplained',
  'unassessed',
  'selfApproved',
  'ticketed',
  'approved',
  'accepted',
  'read',
  'failed',
] as const;
export type Explanation = (typeof EXPLANATIONS)[number];

export function explanationOf({
  outcome,
  readOnly,
  disposition,
}: Pick<Finding, 'outcome' | 'readOnly' | 'disposition'>): Explanation {
  if (outcome === 'failed') return 'failed';
  if (readOnly === 'true') return 'read';
  if (disposition === null) return 'unassessed';
  if (disposition.unexplained) return 'unexplained';
  if (disposition.ownApproval) return 'selfApproved';
  const { ticket } = disposition;
  if (ticket?.written !== 'before') return 'accepted';
  return ticket.approver === null ? 'ticketed' : 'approved';
}
