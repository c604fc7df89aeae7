/**
 * Where a chain of digests was cut by the window and not by what is here: of the digests beyond that edge, nobody knows whether they are
 * at hand, because nobody looked.
 */
import type { ChainSpan } from './digest-check.js';

/** In milliseconds since 1970 UTC. */
export interface Bounds {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Whether earlier digests were perhaps not read, because they are about the time before the window. */
export function isCutBefore(
  { begins, since }: Pick<ChainSpan, 'begins' | 'since'>,
  bounds: Bounds,
): boolean {
  return begins === 'copy' && Date.parse(since) <= (bounds.since ?? -Infinity);
}

/** Whether the window is proven up to its end, and the digest that has the signature of the last one was perhaps not read. */
export function isCutAfter(
  { ends, provenUntil }: Pick<ChainSpan, 'ends' | 'provenUntil'>,
  { until = Infinity }: Bounds,
): boolean {
  return ends === 'tail' && provenUntil !== null && Date.parse(provenUntil) >= until;
}
