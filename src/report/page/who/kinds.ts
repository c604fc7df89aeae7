/** What somebody's calls were for, in the order in which a reader wants to know it. */
import { countedKind } from '../../counted-kind.js';
import type { Finding } from '../../finding.js';
import { isSignIn } from '../../sign-in.js';

export const MAIN_KINDS = [
  'change',
  'operation',
  'other',
  'access',
  'credential',
  'sign-in',
  'network activity',
] as const;
export type MainKind = (typeof MAIN_KINDS)[number];

/** Calls that change something. Only the first changes a resource, and `--kind change` finds no other. */
export const CHANGING_KINDS = ['change', 'operation', 'other'] as const satisfies MainKind[];
export type ChangingKind = (typeof CHANGING_KINDS)[number];

/**
 * What a call that did not fail was for: a new key is a change, and a role that is assumed is not. Stories count what changes
 * what runs, or data, as changes too. Here it has numbers of its own: the telemetry of an agent is nothing that somebody changed.
 */
export function mainKindOf(finding: Finding): MainKind {
  const counted = countedKind(finding);
  if (counted === 'network activity') return counted;
  const { kinds } = finding;
  if (counted === 'change') {
    if (kinds.includes('change')) return 'change';
    return kinds.includes('operation') ? 'operation' : 'other';
  }
  if (kinds.includes('access')) return 'access';
  if (kinds.includes('credential')) return 'credential';
  return isSignIn(finding) ? 'sign-in' : 'other';
}

export function isChanging(kind: MainKind): kind is ChangingKind {
  return CHANGING_KINDS.some((changing) => changing === kind);
}
