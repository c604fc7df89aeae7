/** What a hunt asks, as data: the rules' conjuncts, the window, and the stages of each rule's funnel. It knows no SQL dialect. */
import type { Window } from '../cloudtrail/window.js';
import type { SourcePosition } from '../errors.js';
import type { BoundRule } from '../rule/bind.js';
import type { Condition } from '../rule/condition.js';

export interface Query {
  /** No two have the same rule ID: results are keyed by it. */
  readonly rules: readonly RuleQuery[];
  readonly window: Window;
}

export interface RuleQuery {
  readonly bound: BoundRule;
  /** Every conjunct that is applied: the rule's own in the rule's order, then the user's filters. */
  readonly conjuncts: readonly Conjunct[];
  /** The conjunct that lists event names, where there is one: a record of another name is not tested further. */
  readonly eventNames: Conjunct | undefined;
  /** What an event of such a name is tested for, in the order of the funnel: the window, then every other conjunct. */
  readonly stages: readonly Stage[];
  /** Exclusions that `--no-exclusions` drops. */
  readonly dropped: readonly Conjunct[];
}

/** One step of a rule's funnel. */
export type Stage = WindowStage | Conjunct;

/** Names a stage within its rule. Results are keyed by it, never by a position. */
export type StageId = 'window' | `c${number}`;

export interface WindowStage {
  readonly kind: 'window';
  readonly id: 'window';
  readonly text: 'in window';
}

/** A part of a rule's condition that must hold, as all the other conjuncts must. */
export interface Conjunct {
  readonly kind: 'conjunct';
  readonly id: StageId;
  readonly condition: Condition;
  /** In the notation of `hunt explain`. */
  readonly text: string;
  /** Where its first test is written, in the rule's file or in its shared file; undefined for a filter, and without tests. */
  readonly at: SourcePosition | undefined;
  /** Who wants it: the rule itself, a filter of the command line (`--resource`), or an accepted exception. */
  readonly origin: 'rule' | 'filter' | 'exception';
  /** A top-level `not (…)`. */
  readonly exclusion: boolean;
}

/** The ID by which a rule's results are keyed. */
export function ruleId({ bound }: RuleQuery): string {
  return bound.rule.id;
}
