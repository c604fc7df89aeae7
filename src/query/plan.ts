/** From bound rules and a window to a Query. */
import type { Window } from '../cloudtrail/window.js';
import type { BoundRule } from '../rule/bind.js';
import { conjunctsOf, testsOf, type Condition } from '../rule/condition.js';
import { notation } from '../rule/notation.js';
import { isAscii, requiredValues } from '../rule/required-values.js';
import type { Conjunct, Query, RuleQuery } from './query.js';

export interface PlanOptions {
  /** False drops every top-level `not (…)` but that of failed calls. */
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule; they stand last. */
  readonly filters: readonly Condition[];
}

export function plan(rules: readonly BoundRule[], window: Window, options: PlanOptions): Query {
  return { rules: rules.map((bound) => planRule(bound, options)), window };
}

function planRule(bound: BoundRule, { exclusions, filters }: PlanOptions): RuleQuery {
  const own = conjunctsOf(bound.condition).map(toConjunct);
  const added = filters.map((filter) => ({ ...toConjunct(filter), at: undefined }));
  const all = [...own, ...added];
  const isDropped = (part: Conjunct): boolean =>
    !exclusions && part.exclusion && !isFailedCall(part.condition);
  const eventNames = all.find(namesEvents);
  const applied = all.filter((part) => !isDropped(part));
  return {
    bound,
    applied,
    eventNames,
    conjuncts: applied.filter((part) => part !== eventNames),
    dropped: all.filter(isDropped),
  };
}

function toConjunct(condition: Condition): Conjunct {
  return {
    condition,
    text: notation(condition),
    at: testsOf(condition)[0]?.at,
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
  const lists = rules.map(({ applied }) => {
    const all: Condition = { kind: 'all', of: applied.map(({ condition }) => condition) };
    const required = requiredValues(all, field);
    return required?.ignoreCase === false ? required.values : undefined;
  });
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? [...new Set(known.flat())] : undefined;
}
