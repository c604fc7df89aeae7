/** What somebody's calls were for, in the order in which a reader wants to know it. */
import type { Finding } from '../../finding.js';

export const MAIN_KINDS = ['change', 'access', 'credential', 'operation', 'other'] as const;
export type MainKind = (typeof MAIN_KINDS)[number];

/** The first kind of a finding: a new key is a change, and a role that is assumed is not. A sign-in is none of them. */
export function mainKindOf({ kinds }: Pick<Finding, 'kinds'>): MainKind {
  return MAIN_KINDS.find((kind) => kinds.some((own) => own === kind)) ?? 'other';
}
