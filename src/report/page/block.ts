/**
 * What a report says, in blocks that know no layout. Every format for people is made from these, so that all of them use
 * the same words and leave out the same things. All texts are unescaped, and may hold anything that a log may hold.
 */
import type { Text } from './text.js';

export type Block =
  /** Begins a part of the report: a rule, or what was read. */
  | { readonly kind: 'title'; readonly text: Text }
  /** Under the title of a rule. */
  | { readonly kind: 'classification'; readonly severity: SeverityLevel; readonly text: Text }
  /** Stands over the blocks that follow, within a part. */
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | {
      readonly kind: 'facts';
      readonly facts: readonly { readonly label: string; readonly text: Text }[];
    }
  | { readonly kind: 'counts'; readonly rows: readonly CountRow[] }
  | FindingsBlock
  | ExclusionBlock
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** A file or record that could not be read. */
  | { readonly kind: 'loss'; readonly text: Text }
  /** The end of the report, in a few lines. */
  | { readonly kind: 'verdict'; readonly lines: readonly VerdictLine[] };

export type SeverityLevel = 'high' | 'medium' | 'low';

export interface CountRow {
  readonly count: number;
  readonly text: Text;
}

/** A format can iterate over both as often as it needs. Each item is made when it is asked for: all may exceed memory. */
export interface FindingsBlock {
  readonly kind: 'findings';
  /** The heads of all findings, for a format that aligns them. */
  readonly heads: Iterable<FindingHead>;
  readonly findings: Iterable<FindingBlock>;
}

export interface FindingHead {
  readonly when: Text;
  readonly call: Text;
  readonly account: Text;
  readonly region: Text;
}

export interface FindingBlock {
  readonly head: FindingHead;
  /** What the rule says of this very event. */
  readonly alert: Text | null;
  readonly change: { readonly text: Text; readonly exposure: ExposureMark | null } | null;
  /** By whom, and from where. */
  readonly actor: Text;
  /** Which event in which file: fits on one line once its value that keeps its end is shortened. */
  readonly evidence: Text;
}

/** Stands out according to its direction: letting everyone in is worse than reaching everyone. */
export interface ExposureMark {
  readonly direction: 'ingress' | 'egress';
  readonly text: Text;
}

export interface ExclusionBlock {
  readonly kind: 'exclusion';
  readonly label: Text;
  readonly condition: Text;
  /** Whether it alone kept events out of the findings. */
  readonly hides: boolean;
  /** Whose events these are, those with the most events first. */
  readonly by: readonly CountRow[];
  /** What `by` leaves out. */
  readonly more: Text | null;
}

export interface VerdictLine {
  readonly level: 'result' | 'caution' | 'loss';
  readonly text: Text;
}

/** A heading over blocks; nothing where there are none. */
export function* under(heading: Text, blocks: Iterable<Block>): Generator<Block> {
  let isFirst = true;
  for (const block of blocks) {
    if (isFirst) yield { kind: 'heading', text: heading };
    isFirst = false;
    yield block;
  }
}
