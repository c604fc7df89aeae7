/** A hunt's question as data: the conjuncts of the rules, the window, and the stages of each funnel. It knows no SQL dialect. */
import type { Window } from '../cloudtrail/time/window.js';
import type { SourcePosition } from '../errors.js';
import type { BoundRule } from '../rule/bind.js';
import type { Condition, ExclusionLabel } from '../rule/condition/condition.js';

export interface Query {
  /** Each has its own rule ID, because results are keyed by it. */
  readonly rules: readonly RuleQuery[];
  /** Which events are looked for beside them, and never become findings (`watches.ts`). Undefined: none. */
  readonly watches?: readonly RuleQuery[] | undefined;
  readonly window: Window;
  /** Which calls are counted, whatever the rules say. Undefined: none. */
  readonly calls?: CountedCalls | undefined;
}

/** Calls that are counted by their names. An event counts once, however often it was delivered. */
export interface CountedCalls {
  /** The filters of the user. A call must pass all of them. */
  readonly filters: readonly Condition[];
  /** Whether a call may have changed something. */
  readonly mutating: Condition;
  /** Whether a record corrects that of a call, which then is counted already. */
  readonly correction: Condition;
  /** Whether they are counted by the access key with which they were made, and by their address, too. */
  readonly bySource: boolean;
}

export interface RuleQuery {
  readonly bound: BoundRule;
  /** All conjuncts that are applied: those of the rule in its order, then the filters of the user. */
  readonly conjuncts: readonly Conjunct[];
  /** The conjuncts that select what is counted at all (`selection.ts`). Other records are not tested further. */
  readonly selection: readonly Conjunct[];
  /** The tests of a selected event, in the order of the funnel: the window, then every other conjunct. A watch has none. */
  readonly stages: readonly Stage[];
  /** Exclusions that `--no-exclusions` drops. */
  readonly dropped: readonly Conjunct[];
}

/** One step of a rule's funnel. */
export type Stage = WindowStage | Conjunct;

/** Identifies a stage within its rule. Results are keyed by it, and not by an index. */
export type StageId = 'window' | `c${number}`;

export interface WindowStage {
  readonly kind: 'window';
  readonly id: 'window';
}

/** One of the conditions of a rule that must all hold. */
export interface Conjunct {
  readonly kind: 'conjunct';
  readonly id: StageId;
  readonly condition: Condition;
  /** In the notation of `hunt explain`. */
  readonly text: string;
  /** Of an exclusion that has a name: the name, and why it is excluded. */
  readonly name?: string | undefined;
  readonly reason?: string | undefined;
  readonly source?: ExclusionLabel['source'] | undefined;
  /** Where its first test is written, in the rule's file or in its shared file. Undefined for a filter or without tests. */
  readonly at: SourcePosition | undefined;
  /** Where it comes from: the rule itself, a filter of the command line (`--resource`), or an accepted exception. */
  readonly origin: 'rule' | 'filter' | 'exception';
  /** A top-level `not (…)`. */
  readonly exclusion: boolean;
}

/** The rules, and then the watches: both are selected in one statement. */
export function selectedRules({ rules, watches = [] }: Query): readonly RuleQuery[] {
  return [...rules, ...watches];
}

/** The ID by which a rule's results are keyed. */
export function ruleId({ bound }: RuleQuery): string {
  return bound.rule.id;
}
