/** What findings mean together: how long a change lasted, which findings belong together, and the whole report in one line. */
import type { ExposedPeer } from '../change/change.js';
import type { AttentionReason } from './attention.js';

/**
 * How a state ended that a finding began. `seen` is a call that takes it back, and `deleted` one that deletes its resource, so that
 * nobody took it back. The call is a finding, or one that every hunt looks for beside its rules: `not seen` says that none of these
 * ends it, though the rules look for calls that do. `not looked for` says that they do not even look. `unknown` is a state of a finding
 * without a time, or one of more states than `hunt` follows.
 */
export type StateEnd = 'seen' | 'deleted' | 'not seen' | 'not looked for' | 'unknown';

/** A state that a succeeded change began: `tcp 22 open to 0.0.0.0/0` on `sg-1`. */
export interface FindingState {
  readonly resource: string;
  readonly what: string;
  readonly end: StateEnd;
  /** When it ended; null if that was not seen, or if the state was a deletion that waited and was carried out. */
  readonly until: string | null;
}

/** What reading findings together adds to each. */
export interface StoryFields {
  /** The number of the story; null if the finding stands alone. */
  readonly story: number | null;
  /** The states that the change began, in the order of `change.begins`. Empty for a failed call. */
  readonly states: readonly FindingState[];
  /** Why it should be looked at before others, the worst reason first. */
  readonly attention: readonly AttentionReason[];
}

/** What a change came to, the worst first. */
export const CONCERNS = ['exposed', 'access', 'logs', 'destroyed', 'data', 'other'] as const;
export type Concern = (typeof CONCERNS)[number];

/** How many findings are changes, calls that only gave out a credential or a session, reads, and failed attempts. */
export interface Counts {
  readonly changes: number;
  readonly sessions: number;
  readonly reads: number;
  readonly failed: number;
}

/** What became of the states that changes began. */
export interface StateCounts {
  readonly ended: number;
  readonly notSeen: number;
  readonly notLookedFor: number;
  readonly notKnown: number;
}

/** A number of findings by one actor. */
export interface ActorCount {
  readonly name: string;
  /** Where the report has the same name in several accounts, and of a root user; null otherwise. */
  readonly account: string | null;
  readonly findings: number;
}

/** Findings of one actor within minutes, or on the same resources. Findings name their story by its number. */
export interface Story extends Counts {
  /** Counts from 1, in the order of the first findings. */
  readonly number: number;
  readonly title: string;
  /** The actors with the most findings first; at most five. */
  readonly actors: readonly ActorCount[];
  readonly moreActors: number;
  readonly from: string;
  readonly until: string;
  readonly states: StateCounts;
  /** The changes that matter most, in the order of `CONCERNS`, then of time. At most twelve of each concern but `other`. */
  readonly points: readonly StoryPoint[];
  /** How many changes of each concern there are, shown or not. */
  readonly concerns: Readonly<Record<Concern, number>>;
  /** States of which no end is seen, though the rules look for it; at most fifty, of `states.notSeen`. */
  readonly stillThere: readonly StillThere[];
}

/** One change of a story. */
export interface StoryPoint {
  /** The place of the finding in the report, from 1. Null in a report that an earlier version wrote. */
  readonly number: number | null;
  readonly concern: Concern;
  readonly eventID: string | null;
  readonly eventTime: string;
  readonly actor: string;
  readonly sentence: string;
  readonly end: StateEnd | null;
  /** When the last of its states ended; null if not all are seen to end. */
  readonly until: string | null;
}

export interface StillThere {
  readonly resource: string;
  readonly what: string;
  readonly since: string;
  readonly eventID: string | null;
}

/** All findings in a few numbers. */
export interface Summary extends Counts {
  /** What VPC endpoints logged of calls that went through them. The calls themselves are counted by their own records. */
  readonly networkActivity: number;
  /** The actors with the most findings first; at most five. */
  readonly actors: readonly ActorCount[];
  readonly moreActors: number;
  readonly concerns: Readonly<Record<Concern, number>>;
  /** The changes that let others in. */
  readonly exposed: {
    /** At most three. */
    readonly resources: readonly string[];
    readonly moreResources: number;
    /** `both` is everyone and a foreign account, `several` is much of the internet and one of these. */
    readonly peer: ExposedPeer | 'both' | 'several' | null;
    /** What became of these changes. "Ended" is a change of which all states ended. */
    readonly changes: StateCounts;
  };
  /** Stories with several findings that are not in the report, because there are too many. */
  readonly moreStories: number;
}
