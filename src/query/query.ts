/** A hunt as data: the conjuncts of one or several rules, and the window. It knows no dialect. */
import type { Window } from '../cloudtrail/window.js';
import type { SourcePosition } from '../errors.js';
import type { BoundRule } from '../rule/bind.js';
import type { Condition } from '../rule/condition.js';

export interface Query {
  readonly rules: readonly RuleQuery[];
  readonly window: Window;
}

export interface RuleQuery {
  readonly bound: BoundRule;
  /** Every conjunct that is applied, in the rule's order. */
  readonly applied: readonly Conjunct[];
  /** The conjunct that names the events, where the rule has one: the funnel's second stage. */
  readonly eventNames: Conjunct | undefined;
  /** The others that are applied. */
  readonly conjuncts: readonly Conjunct[];
  /** Exclusions that `--no-exclusions` dropped. */
  readonly dropped: readonly Conjunct[];
}

export interface Conjunct {
  readonly condition: Condition;
  /** In the notation of `hunt explain`. */
  readonly text: string;
  /** Where its first test is written; undefined for a filter of the user, and where it has no test. */
  readonly at: SourcePosition | undefined;
  /** A top-level `not (…)`. */
  readonly exclusion: boolean;
}
