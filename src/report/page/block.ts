/**
 * The content of a report, in blocks without layout. Every format for people is made from these blocks, so that all of them
 * use the same words and leave out the same things. The texts are not escaped, and may contain anything that a log may contain.
 */
import type { Text } from './text.js';

export type Block =
  /** Begins a part of the report: a rule, or what was read. */
  | { readonly kind: 'title'; readonly text: Text }
  /** Follows the title of a rule. */
  | { readonly kind: 'classification'; readonly severity: SeverityLevel; readonly text: Text }
  /** The heading of the blocks that follow, within a part. */
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** What was read of one account. No format cuts it. */
  | { readonly kind: 'account'; readonly head: Text; readonly details: readonly Text[] }
  /** Findings that belong together, with the changes that matter most. */
  | { readonly kind: 'story'; readonly head: Text; readonly details: readonly Text[] }
  | { readonly kind: 'counts'; readonly rows: readonly CountRow[] }
  | FindingsBlock
  | ExclusionBlock
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** A file or record that could not be read. */
  | { readonly kind: 'loss'; readonly text: Text }
  /** The end of the report, in a few lines. */
  | { readonly kind: 'verdict'; readonly lines: readonly VerdictLine[] };

export type SeverityLevel = 'high' | 'medium' | 'low';

export interface Fact {
  readonly label: string;
  readonly text: Text;
  /** Whether a format must not cut the text. */
  readonly isWhole?: boolean;
}

export interface CountRow {
  readonly count: number;
  readonly text: Text;
}

/** A format can iterate over both lists as often as it needs. Items are made one at a time: all may exceed memory. */
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
  /** The severity and the title that the rule gives this event. */
  readonly alert: Text | null;
  /** Why the call changed nothing; null if it succeeded. */
  readonly failure: Text | null;
  readonly change: { readonly text: Text; readonly exposure: ExposureMark | null } | null;
  /** Who did it, and from where. */
  readonly actor: Text;
  /** Which event in which file. A format may shorten the path, of which the end matters, so that this fits on one line. */
  readonly evidence: Text;
}

/** A format shows `ingress` more clearly than `egress`: letting everyone in is worse than reaching everyone. */
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
  /** Who made these events: the names with the most events first. */
  readonly by: readonly CountRow[];
  /** How many names and events `by` leaves out. */
  readonly more: Text | null;
}

export interface VerdictLine {
  readonly level: 'result' | 'caution' | 'loss';
  readonly text: Text;
}

/** The blocks under a heading; nothing if there are no blocks. */
export function* under(heading: Text, blocks: Iterable<Block>): Generator<Block> {
  let isFirst = true;
  for (const block of blocks) {
    if (isFirst) yield { kind: 'heading', text: heading };
    isFirst = false;
    yield block;
  }
}
