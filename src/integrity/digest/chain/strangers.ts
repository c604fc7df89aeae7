/** Digests that somebody added to a chain: nothing proves them, and the chain goes on without them. */
import { digestNameOf } from '../../../cloudtrail/file-name/digest-name.js';
import { isWrong } from '../verify/judge.js';
import type { ChainNode } from './node.js';

/** Splits a chain, oldest first, into its digests and those that do not belong to it. */
export function withoutStrangers(
  chain: readonly ChainNode[],
  isNamed: (id: string) => boolean,
): { readonly chain: readonly ChainNode[]; readonly strangers: readonly ChainNode[] } {
  const strangers: ChainNode[] = [];
  const own: ChainNode[] = [];
  for (const node of chain.toReversed()) {
    const newer = own.at(-1);
    if (newer !== undefined && isStranger(node, newer) && !isNamed(node.id)) strangers.push(node);
    else own.push(node);
  }
  return { chain: own.toReversed(), strangers };
}

/** Whether the newer digest, if it is not altered, follows another one, which ends when this one does, or before. */
function isStranger({ id, judged, name }: ChainNode, newer: ChainNode): boolean {
  const { previous } = newer;
  if (isWrong(newer.judged?.status)) return false;
  if (judged === undefined || judged.status === 'verified') return false;
  // Backfill digests are not written in the order of the hours that they are about.
  if (name.isBackfill) return false;
  if (previous === null || previous === undefined || previous.id === id) return false;
  const end = digestNameOf(previous.id)?.end;
  return end !== undefined && name.end >= end;
}
