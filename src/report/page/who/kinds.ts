/** What somebody's calls were for, in the order in which a reader wants to know it. */
import type { Finding } from '../../finding.js';

export const DEEDS = ['change', 'access', 'credential', 'operation', 'other'] as const;
export type Deed = (typeof DEEDS)[number];

/** The first kind of a finding: a new key is a change, and a role that is taken is not. A sign-in is none of them. */
export function deedOf({ kinds }: Pick<Finding, 'kinds'>): Deed {
  return DEEDS.find((deed) => kinds.some((kind) => kind === deed)) ?? 'other';
}
