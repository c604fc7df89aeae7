/** What somebody's calls were for, in the order in which a reader wants to know it. */
import { countedKind } from '../../counted-kind.js';
import type { Finding } from '../../finding.js';
import { isSignIn } from '../../sign-in.js';

export const MAIN_KINDS = [
  'change',
  'access',
  'credential',
  'sign-in',
  'network activity',
  'other',
] as const;
export type MainKind = (typeof MAIN_KINDS)[number];

/** What a call that did not fail was for: a new key is a change, and a role that is assumed is not. */
export function mainKindOf(finding: Finding): MainKind {
  const counted = countedKind(finding);
  if (counted === 'change' || counted === 'network activity') return counted;
  const { kinds } = finding;
  if (kinds.includes('access')) return 'access';
  if (kinds.includes('credential')) return 'credential';
  return isSignIn(finding) ? 'sign-in' : 'other';
}

/** These calls change what runs, or data, but no resource. `--kind change` does not find them. */
export const LESSER_KINDS = ['operation', 'other call'] as const;
export type LesserKind = (typeof LESSER_KINDS)[number];

/** Undefined for a change of a resource. */
export function lesserKindOf({ kinds }: Pick<Finding, 'kinds'>): LesserKind | undefined {
  if (kinds.includes('change')) return undefined;
  return kinds.includes('operation') ? 'operation' : 'other call';
}
