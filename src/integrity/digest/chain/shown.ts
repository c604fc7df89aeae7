/** The chains as a report shows them. */
import { formatInstant } from '../../../cloudtrail/time/time.js';
import type { ChainSpan, DigestChain } from '../../../report/completeness/digest-check.js';
import { pathText, shortText } from '../messages.js';
import type { CheckedChain } from './checked.js';
import type { ChainNode } from './node.js';
import type { Span } from './spans.js';

/** So many spans are listed of each chain. */
const MOST_SPANS = 100;

/** Those that have a digest of the window. */
export function shownChains(
  chains: readonly CheckedChain[],
  isInWindow: (time: { readonly since: number; readonly until: number }) => boolean,
): readonly DigestChain[] {
  return chains.flatMap((chain) => {
    const nodes = chain.nodes.filter(isInWindow);
    if (nodes.length === 0) return [];
    const { name, organization } = chain.newest;
    const spans = chain.spans.filter((span) => span.nodes.some(isInWindow));
    return [
      {
        account: name.account,
        region: name.region,
        trail: shortText(name.trail),
        organization,
        bucket: shortText(bucketOf(chain.nodes)),
        homeRegion: name.homeRegion,
        isBackfill: name.isBackfill,
        spans: spans.slice(0, MOST_SPANS).map(shownSpan),
        moreSpans: Math.max(0, spans.length - MOST_SPANS),
        digests: nodes.length,
        logs: nodes.reduce((sum, { judged }) => sum + (judged?.digest.logs ?? 0), 0),
        unverifiedTail: tailOf(chain.newest),
      },
    ];
  });
}

function tailOf({ judged }: ChainNode): string | null {
  if (judged === undefined || judged.status === 'verified') return null;
  return pathText(`${judged.digest.bucket}/${judged.digest.key}`);
}

/** The last one, if it was changed. */
function bucketOf(nodes: readonly ChainNode[]): string {
  return nodes.findLast(({ judged }) => judged !== undefined)?.judged?.digest.bucket ?? '';
}

function shownSpan({ nodes, begins, ends }: Span): ChainSpan {
  const proven = nodes.findLast(({ judged }) => judged?.status === 'verified');
  return {
    since: formatInstant(nodes[0]?.since ?? 0),
    until: formatInstant(nodes.at(-1)?.until ?? 0),
    begins,
    ends,
    provenUntil: proven === undefined ? null : formatInstant(proven.until),
  };
}
