/** The order in which backfill digests were written, which is not that of the hours that they are about. */
import type { ChainNode } from './node.js';

/** Each after the one that it names before itself: first those that begin with the start of validation, then those whose past is missing. */
export function inLinkOrder(nodes: readonly ChainNode[]): readonly ChainNode[] {
  const followers = new Map(
    nodes.flatMap((node) => (node.previous ? [[node.previous.id, node] as const] : [])),
  );
  const here = new Set(nodes.map(({ id }) => id));
  const isStart = ({ previous }: ChainNode): boolean => previous === null;
  const isCut = ({ previous }: ChainNode): boolean =>
    previous === undefined || (previous !== null && !here.has(previous.id));
  const ordered = new Set<ChainNode>();
  for (const first of [...nodes.filter(isStart), ...nodes.filter(isCut), ...nodes]) {
    let node: ChainNode | undefined = first;
    while (node !== undefined && !ordered.has(node)) {
      ordered.add(node);
      node = followers.get(node.id);
    }
  }
  return [...ordered];
}
