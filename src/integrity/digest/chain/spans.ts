/** Walks a chain from its oldest digest to its newest: what it covers without a gap, and which digests are missing. */
import { HOUR, MINUTE } from '../../../cloudtrail/time/window.js';
import { digestNameOf } from '../../../cloudtrail/file-name/digest-name.js';
import type { ChainNode } from './node.js';
import { isWrong } from '../verify/judge.js';

export interface Span {
  readonly nodes: readonly ChainNode[];
  readonly begins: 'start' | 'copy' | 'after a gap';
  readonly ends: 'tail' | 'signature' | 'gap' | 'stop';
}

/** A time of which the digests are missing, in milliseconds since 1970 UTC. */
export interface Gap {
  readonly since: number;
  readonly until: number;
  /** The last one of them, where the next digest names it. */
  readonly named: { readonly bucket: string; readonly key: string } | null;
  /** The digest after it. */
  readonly before: ChainNode;
}

export interface Walked {
  readonly spans: readonly Span[];
  readonly gaps: readonly Gap[];
}

export interface WalkSettings {
  /** Whether a digest with this name is here, in any chain. */
  readonly has: (id: string) => boolean;
  /** Whether a file with this key would be among those that were looked at. */
  readonly isExpected: (key: string) => boolean;
}

/** CloudTrail's digests follow each other to the second. */
export const CLOSE = 5 * MINUTE;

/**
 * The stretches of a chain without a gap between digests, and each gap. A chain that was stopped and started again has no
 * gap there.
 */
export function walkChain(chain: readonly ChainNode[], settings: WalkSettings): Walked {
  const spans: Span[] = [];
  const gaps: Gap[] = [];
  let nodes: ChainNode[] = [];
  let begins: Span['begins'] = 'copy';
  let last: ChainNode | undefined;
  for (const node of chain) {
    const step = last === undefined ? beginning(node) : stepBetween(last, node, settings);
    if (step.kind !== 'next') {
      if (last !== undefined)
        spans.push({ nodes, begins, ends: step.kind === 'start' ? 'stop' : 'gap' });
      if (step.kind === 'gap' && step.gap !== null) gaps.push(step.gap);
      begins = step.kind === 'start' ? 'start' : step.kind === 'copy' ? 'copy' : 'after a gap';
      nodes = [];
    }
    nodes.push(node);
    last = node;
  }
  if (last !== undefined)
    spans.push({ nodes, begins, ends: last.judged?.status === 'verified' ? 'signature' : 'tail' });
  return { spans, gaps };
}

type Step =
  | { readonly kind: 'next' | 'start' | 'copy' }
  | { readonly kind: 'gap'; readonly gap: Gap | null };

function beginning({ previous }: ChainNode): Step {
  return { kind: previous === null ? 'start' : 'copy' };
}

function stepBetween(older: ChainNode, newer: ChainNode, settings: WalkSettings): Step {
  const { previous } = newer;
  if (previous === null) return { kind: 'start' };
  // Backfill digests are not written in the order of the hours that they are about: only what each names is before it.
  const isTimed = !newer.name.isBackfill;
  const [since, until] = [older.until, newer.since];
  const hole = isTimed && until - since > CLOSE;
  if (previous === undefined)
    return hole
      ? { kind: 'gap', gap: { since, until, named: null, before: newer } }
      : { kind: 'next' };
  if (previous.id === older.id) return linkedStep({ since, until, isHole: hole }, newer);
  // An altered digest may name what never was: then its time tells.
  if (isWrong(newer.judged?.status) && !hole) return { kind: 'next' };
  if (settings.has(previous.id)) return { kind: isTimed && hole ? 'copy' : 'next' };
  if (!settings.isExpected(previous.key)) return { kind: 'copy' };
  const end = isTimed ? undefined : digestNameOf(previous.id)?.end;
  const time = end === undefined ? { since, until } : { since: end - HOUR, until: end };
  return { kind: 'gap', gap: { ...time, named: previous, before: newer } };
}

/** The newer digest names the older one. If there is time between them, CloudTrail has signed that, or the digest is forged. */
function linkedStep(
  { since, until, isHole }: { since: number; until: number; isHole: boolean },
  newer: ChainNode,
): Step {
  if (!isHole || isWrong(newer.judged?.status)) return { kind: 'next' };
  return newer.judged?.status === 'verified'
    ? { kind: 'gap', gap: null }
    : { kind: 'gap', gap: { since, until, named: null, before: newer } };
}
