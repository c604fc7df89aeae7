/**
 * The content of a report, in blocks without layout. Every format for people is made from these blocks, so that all of them
 * use the same words and leave out the same things. The texts are not escaped, and may contain anything that a log may contain.
 */
import type { AttentionReason } from '../../attention.js';
import type { BreakdownBy, Lane, TimelineStep, TimeSlot } from '../../overview.js';
import type { Named } from '../../counted-by.js';
import type { Text } from './text.js';

export type Block =
  /** Begins a part of the report: a rule, or what was read. */
  | { readonly kind: 'title'; readonly text: Text }
  /** Follows the title of a rule. */
  | { readonly kind: 'classification'; readonly severity: SeverityLevel; readonly text: Text }
  /** The heading of the blocks that follow, within a part. */
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text; readonly isWhole?: boolean }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  /** One thing of a list, such as an account, and what there is to say of it. No format cuts it. */
  | { readonly kind: 'item'; readonly head: Text; readonly details: readonly Text[] }
  /** Findings that belong together, with the changes that matter most. */
  | StoryBlock
  | { readonly kind: 'counts'; readonly rows: readonly CountRow[] }
  | AttentionBlock
  | ChartBlock
  | BreakdownBlock
  | TimelineBlock
  | RecordsBlock
  | { readonly kind: 'rules'; readonly rows: readonly RuleRow[] }
  | ExclusionBlock
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
  /** A file or record that could not be read. */
  | { readonly kind: 'loss'; readonly text: Text }
  /** Room for what a person fills in by hand. */
  | { readonly kind: 'signature'; readonly fields: readonly string[] }
  | VerdictBlock;

export interface StoryBlock {
  readonly kind: 'story';
  /** By which findings name their story. */
  readonly number: number;
  readonly head: Text;
  readonly details: readonly StoryDetail[];
}

export interface StoryDetail {
  readonly text: Text;
  /** The number of the finding that it is about; null if it is about several. */
  readonly finding: number | null;
}

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

/** A rule with findings. `number` is by which the lines of the time line name it. */
export interface RuleRow {
  readonly number: number;
  readonly count: number;
  readonly severity: SeverityLevel;
  readonly severityText: string;
  readonly id: Text;
  readonly name: Text;
}

/** What to look at first, the worst first. It has a label of its own, because a format may leave it out. */
export interface AttentionBlock {
  readonly kind: 'attention';
  readonly label: Text;
  readonly rows: readonly AttentionRow[];
}

export interface AttentionItem {
  readonly number: number;
  readonly text: Text;
  /** ` by user/ann` */
  readonly by: Text;
  /** ` with Terraform 1.5.7`; empty where the log names no tool. */
  readonly tool: Text;
  /** `: open for 121 s`; empty where it began no state. */
  readonly ended: Text;
}

export interface AttentionRow {
  readonly reason: AttentionReason;
  readonly level: 'danger' | 'caution';
  /** `3 opened to the world`. */
  readonly text: Text;
  /** The gravest findings of the kind, by their numbers in the report. */
  readonly examples: readonly AttentionItem[];
  /** How many findings are not among the examples, and when they were; null if none. */
  readonly more: Text | null;
}

/** Findings over time. */
export interface ChartBlock {
  readonly kind: 'chart';
  readonly label: Text;
  /** What a line of text says beside the bars: `a bar is 6 hours, the highest 4 findings`. */
  readonly legend: Text;
  /** The chart in words, for those who do not see it. */
  readonly description: Text;
  readonly step: TimelineStep;
  readonly slots: readonly TimeSlot[];
  /** For each slot, whether an account was not logged at all in some of it. */
  readonly dark: readonly boolean[];
  /** The first is of all findings. */
  readonly lanes: readonly ChartLane[];
}

export interface ChartLane extends Omit<Lane, 'name' | 'account'> {
  readonly label: Text;
}

/** Findings counted by one of their properties. */
export interface BreakdownBlock {
  readonly kind: 'breakdown';
  readonly by: BreakdownBy;
  /** `By principal`. */
  readonly label: Text;
  /** Those with the most findings first. */
  readonly rows: readonly NamedCount[];
  /** How many names and findings are in no row. */
  readonly moreNames: number;
  readonly moreFindings: number;
}

export interface NamedCount {
  readonly name: Text;
  readonly findings: number;
  readonly exposed: number;
  readonly failed: number;
  /** From the first to the last of them. */
  readonly when: Text;
}

/** A format can iterate over the items as often as it needs. They are made one at a time: all may exceed memory. */
export interface TimelineBlock {
  readonly kind: 'timeline';
  readonly items: Iterable<TimelineItem>;
}

export type TimelineItem =
  /** The day of the lines that follow. */
  | { readonly kind: 'day'; readonly text: Text }
  /** Who did what follows, from where and with what. `whole` says it for a page on which the run before may be hidden. */
  | { readonly kind: 'run'; readonly text: Text; readonly whole: Text }
  | TimelineFinding;

export interface TimelineFinding {
  readonly kind: 'finding';
  /** The place of the finding in the report, from 1: the first of those that the line stands for. */
  readonly number: number;
  /** The places of the other findings that the line stands for. */
  readonly also?: readonly number[];
  /** The story that it belongs to; null if it stands alone. */
  readonly story: number | null;
  /** The instant of the event; null where it has no readable time. */
  readonly eventTime: string | null;
  readonly facets: FindingFacets;
  readonly when: Text;
  /** `FAILED AccessDenied`: the call changed nothing. Null if it succeeded. */
  readonly failure: Text | null;
  readonly exposure: ExposureMark | null;
  readonly change: Text;
  /** What it is beside others: `accepted (EX-1 until 2026-12-31)`. */
  readonly disposition: DispositionMark | null;
  /** The titles that rules give the event. */
  readonly alerts: readonly Text[];
  /** The numbers of the rules that matched; empty if the report has one rule. */
  readonly rules: Text;
  /** The event's ID, and the number of its file. */
  readonly event: Text;
  /** What a format with room says besides. It is made when it is asked for. */
  readonly details: () => FindingDetails;
}

/** What a reader may choose findings by, with the names of the breakdowns. Null where the event does not say it. */
export interface FindingFacets {
  readonly principal: Named;
  readonly account: string | null;
  readonly region: string | null;
  readonly tool: string | null;
  /** The IDs of the rules that matched. */
  readonly rules: readonly string[];
  /** Why to look at it, in words: `open to everyone`, `failed`. */
  readonly flags: readonly string[];
}

export interface FindingDetails {
  /** `AuthorizeSecurityGroupIngress of ec2.amazonaws.com` */
  readonly call: Text;
  readonly facts: () => readonly Fact[];
  /** The event as it was logged, as JSON. */
  readonly event: () => string;
}

/** Settled: somebody accepted the finding, or an earlier report has it. */
export interface DispositionMark {
  readonly text: Text;
  readonly isSettled: boolean;
}

/** A format shows `ingress` more clearly than `egress`: letting everyone in is worse than reaching everyone. */
export interface ExposureMark {
  readonly direction: 'ingress' | 'egress';
  readonly text: Text;
}

/** Findings with everything that is known of each. A format can iterate over the items as often as it needs, one at a time. */
export interface RecordsBlock {
  readonly kind: 'records';
  readonly items: Iterable<RecordItem>;
}

export interface RecordItem {
  /** The place of the finding in the report, from 1. */
  readonly number: number;
  readonly failure: Text | null;
  readonly exposure: ExposureMark | null;
  readonly head: Text;
  readonly facts: readonly Fact[];
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

/** The report in a few lines. */
export interface VerdictBlock {
  readonly kind: 'verdict';
  readonly lines: readonly VerdictLine[];
}

export interface VerdictLine {
  /** `note`: what is as it should be. */
  readonly level: 'result' | 'note' | 'caution' | 'loss';
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
