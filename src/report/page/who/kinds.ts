/** What somebody's calls were for, in the order in which a reader wants to know it. */
import type { Finding } from '../../finding.js';
import { isSignIn } from './calls.js';

export const MAIN_KINDS = [
  'change',
  'access',
  'credential',
  'operation',
  'sign-in',
  'other',
] as const;
export type MainKind = (typeof MAIN_KINDS)[number];

/** The first kind of a finding: a new key is a change, and a role that is assumed is not. */
export function mainKindOf(
  finding: Pick<Finding, 'kinds' | 'eventSource' | 'eventName'>,
): MainKind {
  const kind = MAIN_KINDS.find((one) => finding.kinds.some((own) => own === one));
  if (kind !== undefined && kind !== 'other') return kind;
  return isSignIn(finding) ? 'sign-in' : 'other';
}
