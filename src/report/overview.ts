/**
 * All findings at a glance: when they were, who made them, where and how, and what to look at first. Charts and tables are made
 * from these numbers alone, so that every format says the same. Each finding counts once, however many rules matched it.
 */
import type { AttentionReason } from './attention.js';
import type { StateEnd } from './story.js';

export interface Overview {
  readonly timeline: Timeline;
  /** Empty where there are no findings. */
  readonly breakdowns: readonly Breakdown[];
  /** What to look at first, the worst reason first. */
  readonly attention: readonly Attention[];
}

/** How much time a slot of the timeline has, the shortest first. */
export const TIMELINE_STEPS = [
  '1 minute',
  '5 minutes',
  '15 minutes',
  '1 hour',
  '6 hours',
  '1 day',
  '1 week',
  '1 month',
  '3 months',
  '1 year',
  '10 years',
  '100 years',
] as const;
export type TimelineStep = (typeof TIMELINE_STEPS)[number];

/** Findings over time. */
export interface Timeline {
  readonly step: TimelineStep;
  /** At most 76, each beginning where the one before ends. */
  readonly slots: readonly TimeSlot[];
  /** The first is of all findings; then the eight actors with the most; then one of all others, if there are others. */
  readonly lanes: readonly Lane[];
  /** Findings without a readable time: in no slot. */
  readonly undated: number;
}

/** `[since, until)`. A silence of many steps is one slot without findings. */
export interface TimeSlot {
  readonly since: string;
  readonly until: string;
  readonly isSilence: boolean;
}

export interface Lane {
  readonly kind: 'all' | 'actor' | 'others';
  /** Null but for an actor. */
  readonly name: string | null;
  /** The account of an actor whose name is in several accounts, or of its root user; null otherwise. */
  readonly account: string | null;
  /** With those without a time. */
  readonly findings: number;
  /** One number a slot: all findings, those of them that let others in, and those that failed. */
  readonly counts: readonly number[];
  readonly exposed: readonly number[];
  readonly failed: readonly number[];
}

/** What findings are counted by, in the order of the report. */
export const BREAKDOWNS = [
  'principal',
  'tool',
  'class',
  'account',
  'region',
  'address',
  'resource',
  'call',
  'rule',
] as const;
export type BreakdownBy = (typeof BREAKDOWNS)[number];

/**
 * Findings by one of their properties. Each counts in one row: in that of its first resource, of the first rule that matched.
 * So the rows and `moreFindings` add up to all findings.
 */
export interface Breakdown {
  readonly by: BreakdownBy;
  /** Those with the most findings first, then by name; at most 200. */
  readonly rows: readonly BreakdownRow[];
  /** How many further names there are, and how many findings they have. Of a hostile log, with more than 10,000, about how many. */
  readonly moreNames: number;
  readonly moreFindings: number;
}

export interface BreakdownRow {
  /** Null for findings that name none. */
  readonly name: string | null;
  /** The account, where the same name is in several accounts, and for a root user; null otherwise. */
  readonly account: string | null;
  readonly findings: number;
  /** Those of them that let others in, and those that failed. */
  readonly exposed: number;
  readonly failed: number;
  /** Null where no finding has a readable time. */
  readonly first: string | null;
  readonly last: string | null;
}

export interface Attention {
  readonly reason: AttentionReason;
  readonly findings: number;
  /** The gravest first; at most three. */
  readonly examples: readonly AttentionExample[];
  /** When the first and the last of the others were; null if none of them has a readable time. */
  readonly othersFrom: string | null;
  readonly othersUntil: string | null;
}

export interface AttentionExample {
  /** The place of the finding in the report, from 1. */
  readonly number: number;
  readonly eventID: string | null;
  readonly eventTime: string | null;
  readonly actor: string;
  /** Null where the log names none. */
  readonly tool: string | null;
  readonly sentence: string;
  /** What became of the states that it began, the worst; null if it began none. */
  readonly end: StateEnd | null;
  /** When the last of its states ended; null if not all are seen to end. */
  readonly until: string | null;
}
