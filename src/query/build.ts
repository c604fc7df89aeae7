/** Makes a Query from bound rules, the user's filters and a window. */
import type { Window } from '../cloudtrail/time/window.js';
import type { BoundRule } from '../rule/bind.js';
import { conjunctsOf, positionOf, testsOf, type Condition } from '../rule/condition/condition.js';
import { mutatingCalls } from '../rule/catalog/built-in.js';
import { amongKnown } from '../rule/condition/known.js';
import { notation } from '../rule/condition/notation.js';
import { isFailedCall } from './failed-call.js';
import type { Conjunct, CountedCalls, Query, RuleQuery, WindowStage } from './query.js';
import { selectionOf } from './selection.js';

/** Whether to count every call that the filters leave, whatever the rules say. */
export type CallCounting = boolean | CountingBySource;

/** Counts calls by their key and address too: those that pass these conditions, in the place of the filters. */
export interface CountingBySource {
  readonly among: readonly Condition[];
}

export interface QueryOptions {
  /** False drops every top-level `not (…)`, except the one for failed calls. */
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule. They come after the rule's own. */
  readonly filters: readonly Condition[];
  readonly calls?: CallCounting | undefined;
  /** What to look for beside the rules. */
  readonly watches?: readonly RuleQuery[] | undefined;
}

/** The rules' queries, in the order of the rules. */
export function buildQuery(
  rules: readonly BoundRule[],
  window: Window,
  options: QueryOptions,
): Query {
  return {
    rules: rules.map((bound) => ruleQuery(bound, options)),
    watches: options.watches,
    window,
    calls: countedCalls(options),
  };
}

/** Every counted call passes the filters, and that of `--kind change` says already that it may change something. */
function countedCalls({ calls, filters: all }: QueryOptions): CountedCalls | undefined {
  if (calls === undefined || calls === false) return undefined;
  const filters = typeof calls === 'object' ? calls.among : all;
  return {
    filters,
    mutating: amongKnown(mutatingCalls(), filters),
    correction: { kind: 'all', of: CORRECTION },
    bySource: typeof calls === 'object',
  };
}

const correctionTest = {
  kind: 'test',
  ignoreCase: false,
  optional: true,
  at: { file: 'calls', line: 1, column: 1 },
} as const;

/** The same as `correctedBy` says of an event. */
const CORRECTION: readonly Condition[] = [
  { ...correctionTest, field: ['addendum', 'reason'], op: 'equals', values: ['UPDATED_DATA'] },
  { ...correctionTest, field: ['addendum', 'originalEventID'], op: 'isNotNullOrEmpty', values: [] },
];

const WINDOW: WindowStage = { kind: 'window', id: 'window' };

function ruleQuery(bound: BoundRule, { exclusions, filters }: QueryOptions): RuleQuery {
  const own = conjunctsOf(bound.condition);
  const ofRule = own.map((condition, index) => toConjunct(condition, index + 1, 'rule'));
  const isDropped = (conjunct: Conjunct): boolean =>
    !exclusions && conjunct.exclusion && !isFailedCall(conjunct.condition);
  const kept = ofRule.filter((conjunct) => !isDropped(conjunct));
  const asked = askedOf(
    filters,
    kept.map(({ condition }) => condition),
  );
  const conjuncts = [
    ...kept,
    ...asked.map((filter, index) => toConjunct(filter, own.length + index + 1, 'filter')),
  ];
  const selection = selectionOf(conjuncts);
  return {
    bound,
    conjuncts,
    selection,
    stages: [WINDOW, ...conjuncts.filter((conjunct) => !selection.includes(conjunct))],
    dropped: ofRule.filter(isDropped),
  };
}

/** In tests. A shorter filter costs an engine little, and reports tell of its values. */
const LONG_FILTER = 20;

/** What the filters ask. Of a long one, such as that of `--kind`, what the rule does not require itself. */
function askedOf(
  filters: readonly Condition[],
  required: readonly Condition[],
): readonly Condition[] {
  return filters.flatMap((filter): readonly Condition[] => {
    if (testsOf(filter).length < LONG_FILTER) return [filter];
    const left = amongKnown(filter, required);
    if (left.kind === 'constant' && left.value) return [];
    // What is left may be a negation, but a filter is no exclusion. For the rule's events it means what the whole filter means.
    return [{ kind: 'all', of: [left], text: notation(filter) }];
  });
}

function toConjunct(condition: Condition, number: number, origin: Conjunct['origin']): Conjunct {
  const label = condition.kind === 'not' ? condition.label : undefined;
  return {
    kind: 'conjunct',
    id: `c${number}`,
    condition,
    text: notation(condition),
    name: label?.name,
    reason: label?.reason,
    source: label?.source,
    // A filter comes from the command line, so it has no position in a file.
    at: origin === 'filter' ? undefined : (label?.at ?? positionOf(condition)),
    origin,
    exclusion: condition.kind === 'not',
  };
}
