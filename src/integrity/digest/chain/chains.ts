/** Puts digests in order: the chain of each trail, account and region. */
import { bucketFolders } from '../../../cloudtrail/file-name/bucket-folders.js';
import { digestNameOf } from '../../../cloudtrail/file-name/digest-name.js';
import { HOUR } from '../../../cloudtrail/time/window.js';
import type { LostDigest } from '../../../dump/digest/evidence.js';
import { fileName } from '../read/names.js';
import { isWrong, type Judged } from '../verify/judge.js';
import { inLinkOrder } from './link-order.js';
import type { ChainNode } from './node.js';
import { pushTo } from '../../../memory/grouped.js';

/** The digests of each trail, account and region, oldest first. Backfill digests have chains of their own. */
export function chainsOf(
  judged: Iterable<Judged>,
  lost: readonly LostDigest[],
): readonly (readonly ChainNode[])[] {
  const nodes = new Map<string, ChainNode>();
  for (const one of judged) {
    const known = nodes.get(one.digest.id)?.judged;
    if (known === undefined || (isWrong(known.status) && !isWrong(one.status)))
      nodes.set(one.digest.id, nodeOf(one));
  }
  for (const { path } of lost) {
    const id = fileName(path);
    const name = digestNameOf(id);
    if (name === undefined || nodes.has(id)) continue;
    const [since, until] = [name.end - HOUR, name.end];
    const organization = bucketFolders(path)?.organization ?? null;
    nodes.set(id, { id, name, organization, since, until, previous: undefined, judged: undefined });
  }
  const chains = new Map<string, ChainNode[]>();
  for (const node of nodes.values()) pushTo(chains, chainKey(node), node);
  return [...chains.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, chain]) => chain.toSorted((a, b) => a.name.end - b.name.end))
    .map((chain) => (chain[0]?.name.isBackfill === true ? inLinkOrder(chain) : chain));
}

/** The times in an altered digest may be altered as well, but its name is the one that the next digest knows it by. */
function nodeOf(judged: Judged): ChainNode {
  const { id, name, organization, since, until, previous } = judged.digest;
  const times = isWrong(judged.status)
    ? { since: name.end - HOUR, until: name.end }
    : { since, until };
  return { id, name, organization, ...times, previous, judged };
}

function chainKey({ name, organization }: ChainNode): string {
  const { account, region, trail, homeRegion, isBackfill } = name;
  return JSON.stringify([account, region, trail, homeRegion, organization, isBackfill]);
}
