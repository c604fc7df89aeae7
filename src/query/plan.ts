/** From bound rules and a window to a Query. */
import type { Window } from '../cloudtrail/window.js';
import type { BoundRule } from '../rule/bind.js';
import { conjunctsOf, testsOf, type Condition } from '../rule/condition.js';
import { notation } from '../rule/notation.js';
import { isAscii, requiredValues } from '../rule/required-values.js';
import type { Conjunct, Query, RuleQuery, WindowStage } from './query.js';

export interface PlanOptions {
  /** False drops every top-level `not (…)` but that of failed calls. */
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule; they stand last. */
  readonly filters: readonly Condition[];
}

export function plan(rules: readonly BoundRule[], window: Window, options: PlanOptions): Query {
  return { rules: rules.map((bound) => planRule(bound, options)), window };
}

const WINDOW: WindowStage = { kind: 'window', id: 'window', text: 'in window' };

function planRule(bound: BoundRule, { exclusions, filters }: PlanOptions): RuleQuery {
  const own = conjunctsOf(bound.condition);
  const all = [
    ...own.map((condition, index) => toConjunct(condition, index + 1, 'rule')),
    ...filters.map((filter, index) => toConjunct(filter, own.length + index + 1, 'filter')),
  ];
  const isDropped = (conjunct: Conjunct): boolean =>
    !exclusions && conjunct.exclusion && !isFailedCall(conjunct.condition);
  const eventNames = all.find(namesEvents);
  const conjuncts = all.filter((conjunct) => !isDropped(conjunct));
  return {
    bound,
    conjuncts,
    eventNames,
    stages: [WINDOW, ...conjuncts.filter((conjunct) => conjunct !== eventNames)],
    dropped: all.filter(isDropped),
  };
}

function toConjunct(condition: Condition, number: number, origin: Conjunct['origin']): Conjunct {
  return {
    kind: 'conjunct',
    id: `c${number}`,
    condition,
    text: notation(condition),
    // A filter comes from the command line: no file has a line for it.
    at: origin === 'filter' ? undefined : testsOf(condition)[0]?.at,
    origin,
    exclusion: condition.kind === 'not',
  };
}

/** Whether a conjunct is one test that lists event names. */
function namesEvents({ condition }: Conjunct): boolean {
  return condition.kind === 'test' && requiredValues(condition, 'eventName') !== undefined;
}

function isFailedCall(condition: Condition): boolean {
  const tests = testsOf(condition);
  return (
    tests.length > 0 &&
    tests.every(({ field }) => /^error(code|message)$/i.test(field[0] ?? '') && field.length === 1)
  );
}

/**
 * The event names that the rules can match, in lower case where a rule ignores case; undefined where some rule can match
 * every name.
 */
export function eventNamesOf(query: Query): ReadonlySet<string> | undefined {
  const lists = query.rules.map(
    ({ eventNames }) => eventNames && loadedNames(eventNames.condition),
  );
  const names = lists.filter((list) => list !== undefined);
  return names.length === lists.length ? new Set(names.flat()) : undefined;
}

/** Engines disagree about lower case beyond ASCII, so a rule that ignores the case of such names loads every name. */
function loadedNames(condition: Condition): readonly string[] | undefined {
  const required = requiredValues(condition, 'eventName');
  if (required === undefined || !required.ignoreCase) return required?.values;
  const { values } = required;
  return values.every(isAscii) ? values.map((name) => name.toLowerCase()) : undefined;
}

/** The accounts and the regions to which the rules are limited; undefined where some rule is not. */
export function placesOf(query: Query): {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
} {
  const setOf = (field: string): ReadonlySet<string> | undefined => {
    const values = valuesOfQuery(query, field);
    return values && new Set(values);
  };
  return { accounts: setOf('recipientAccountId'), regions: setOf('awsRegion') };
}

/**
 * The values of which a field must have one for any of the rules to match, each once; undefined where some rule requires
 * none, or ignores case: paths and partitions have one spelling, which is then not known.
 */
export function valuesOfQuery({ rules }: Query, field: string): readonly string[] | undefined {
  const lists = rules.map(({ conjuncts }) => {
    const all: Condition = { kind: 'all', of: conjuncts.map(({ condition }) => condition) };
    const required = requiredValues(all, field);
    return required?.ignoreCase === false ? required.values : undefined;
  });
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? [...new Set(known.flat())] : undefined;
}
