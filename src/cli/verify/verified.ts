/** What `hunt verify` knows when it is done. */
import type { Window } from '../../cloudtrail/time/window.js';
import type { DigestCheck } from '../../report/completeness/digest-check.js';

export interface Verified {
  readonly paths: readonly string[];
  readonly window: Window;
  readonly check: DigestCheck;
  /** Files that could not be read or listed, beside those that are among the problems: at most 10,000. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly moreUnreadable: number;
}

/** Whether the digests prove all that was looked at, and all of it could be read. */
export function isIntact({
  check,
  unreadable,
  moreUnreadable,
}: Pick<Verified, 'check' | 'unreadable' | 'moreUnreadable'>): boolean {
  return check.verdict === 'intact' && unreadable.length === 0 && moreUnreadable === 0;
}
