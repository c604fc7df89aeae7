/** As what a finding is counted, in stories, in the summary and by `hunt who`: in all of them a change is the same. */
import type { Finding } from './finding.js';

/** A failed attempt, a read, a call that only gives out a credential or a session, or a change. */
export type CountedKind = 'failed' | 'read' | 'session' | 'change';

export function countedKind({
  outcome,
  eventSource,
  kinds,
}: Pick<Finding, 'outcome' | 'eventSource' | 'kinds'>): CountedKind {
  if (outcome === 'failed') return 'failed';
  if (kinds.includes('read')) return 'read';
  if (kinds.includes('change') || kinds.includes('operation')) return 'change';
  // Of the other calls, most change data. The calls of this service are sign-ins.
  return kinds.includes('other') && eventSource !== 'signin.amazonaws.com' ? 'change' : 'session';
}
