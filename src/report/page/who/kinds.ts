/** What somebody's calls were for, in the order in which a reader wants to know it. */
import { ISSUING_CALLS } from '../../../change/actor/issued-key.js';
import type { Finding } from '../../finding.js';

export const DEEDS = ['change', 'access', 'credential', 'operation', 'other'] as const;
export type Deed = (typeof DEEDS)[number];

const ISSUING: ReadonlySet<string> = new Set(ISSUING_CALLS);

/** The first kind of a finding: a new key is a change, and a role that is taken is not. */
export function deedOf({ eventName, readOnly }: Pick<Finding, 'eventName' | 'readOnly'>): Deed {
  if (readOnly === 'true') return ISSUING.has(eventName ?? '') ? 'credential' : 'other';
  return 'change';
}
