/** As what a finding is counted, everywhere: in stories, in the summary, by `hunt who` and for an auditor, a change is the same. */
import type { Finding } from './finding.js';
import { isSignIn } from './sign-in.js';

/**
 * A failed attempt, a read, a call that only gives out a credential or a session, or a change. Of a call through a VPC endpoint,
 * `network activity` is the record of the endpoint: the call itself is counted by the record of the service. What the endpoint
 * denied has no other record, and is a failed attempt.
 */
export type CountedKind = 'failed' | 'network activity' | 'read' | 'session' | 'change';

/** One kind for each finding, the first that fits; a failed call is nothing else. */
export function countedKind(
  finding: Pick<Finding, 'outcome' | 'eventSource' | 'eventName' | 'kinds'>,
): CountedKind {
  const { outcome, kinds } = finding;
  if (outcome === 'failed') return 'failed';
  if (kinds.includes('network activity')) return 'network activity';
  if (kinds.includes('read')) return 'read';
  if (kinds.includes('change') || kinds.includes('operation')) return 'change';
  // Of the other calls, most change data.
  return kinds.includes('other') && !isSignIn(finding) ? 'change' : 'session';
}
