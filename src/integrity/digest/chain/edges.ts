/** Finds the time at the beginning and at the end of the window for which no digest is here. */
import type { Window } from '../../../cloudtrail/time/window.js';
import type { DigestProblem } from '../../../report/completeness/digest-check.js';
import { scopeOf } from '../logs/coverage.js';
import { missingBeginning, missingEnd } from '../problems.js';
import type { CheckedChain } from './checked.js';
import { CLOSE, type WalkSettings } from './spans.js';

/**
 * Digests that the oldest one names, and that the window asks for; and the end of the window, of which no digest says that it is
 * missing: so far nothing tells whether CloudTrail wrote one.
 */
export function edgeGaps(
  chains: readonly CheckedChain[],
  { since, until }: Window,
  { has, isExpected }: WalkSettings,
): readonly DigestProblem[] {
  const regular = chains.filter(({ oldest }) => !oldest.name.isBackfill);
  const beginnings = regular.flatMap(({ oldest }) => {
    const { previous } = oldest;
    const isMissing =
      since !== undefined &&
      oldest.since - since > CLOSE &&
      previous !== null &&
      previous !== undefined &&
      !has(previous.id) &&
      isExpected(previous.key);
    // A chain of after the window says nothing of it.
    const isOfWindow = until === undefined || oldest.since < until;
    return isMissing && isOfWindow ? [missingBeginning(oldest, since)] : [];
  });
  return [...beginnings, ...endGaps(regular, { since, until })];
}

/** Where one trail ends, another may go on. */
function endGaps(
  chains: readonly CheckedChain[],
  { since, until }: Window,
): readonly DigestProblem[] {
  if (until === undefined) return [];
  const newest = new Map<string, CheckedChain>();
  for (const chain of chains) {
    const scope = scopeOf(chain.newest.name);
    if ((newest.get(scope)?.newest.until ?? -Infinity) < chain.newest.until)
      newest.set(scope, chain);
  }
  return [...newest.values()].flatMap(({ newest: last }) =>
    until - last.until > CLOSE && (since === undefined || last.until > since)
      ? [missingEnd(last, until)]
      : [],
  );
}
