/** A chain with its spans and gaps. */
import type { ChainNode } from './node.js';
import { walkChain, type Walked, type WalkSettings } from './spans.js';
import { withoutStrangers } from './strangers.js';

export interface CheckedChain extends Walked {
  /** Oldest first, at least one. */
  readonly nodes: readonly ChainNode[];
  readonly oldest: ChainNode;
  readonly newest: ChainNode;
}

export interface ChainSettings extends WalkSettings {
  /** Whether a later digest names it as the one before. */
  readonly isNamed: (id: string) => boolean;
}

/** The chains, and the digests that somebody added to them. */
export function checkedChains(
  chains: readonly (readonly ChainNode[])[],
  settings: ChainSettings,
): { readonly chains: readonly CheckedChain[]; readonly strangers: readonly ChainNode[] } {
  const checked: CheckedChain[] = [];
  const all: ChainNode[] = [];
  for (const one of chains) {
    const { chain, strangers } = withoutStrangers(one, settings.isNamed);
    all.push(...strangers);
    const [oldest, newest] = [chain.at(0), chain.at(-1)];
    if (oldest !== undefined && newest !== undefined)
      checked.push({ nodes: chain, oldest, newest, ...walkChain(chain, settings) });
  }
  return { chains: checked, strangers: all };
}
