/** From bound rules and a window to a Query. */
import type { Window } from '../cloudtrail/window.js';
import type { BoundRule } from '../rule/bind.js';
import { conjunctsOf, testsOf, type Condition } from '../rule/condition.js';
import { notation } from '../rule/notation.js';
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
  const added = filters.map((filter) => ({ ...toConjunct(filter), line: undefined }));
  const all = [...own, ...added];
  const isDropped = (part: Conjunct): boolean =>
    !exclusions && part.exclusion && !isFailedCall(part.condition);
  const eventNames = all.find(({ condition }) => namedEvents(condition) !== undefined);
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
    line: testsOf(condition)[0]?.at.line,
    exclusion: condition.kind === 'not',
  };
}

/** The names that an `eventName` test lists; undefined for any other condition. */
function namedEvents(condition: Condition): readonly string[] | undefined {
  return listed(condition, 'eventname');
}

/** The values of which a test says that a field of the event itself is one; undefined for any other condition. */
function listed(condition: Condition, field: string): readonly string[] | undefined {
  if (condition.kind !== 'test' || 'parameter' in condition.values) return undefined;
  const isList = condition.op === 'in' || condition.op === 'equals';
  const [key, ...rest] = condition.field;
  return isList && rest.length === 0 && key?.toLowerCase() === field ? condition.values : undefined;
}

function isFailedCall(condition: Condition): boolean {
  const tests = testsOf(condition);
  return (
    tests.length > 0 &&
    tests.every(({ field }) => /^error(code|message)$/i.test(field[0] ?? '') && field.length === 1)
  );
}

/**
 * The event names that any of the rules can match, in lower case where their case is of no matter; undefined where a
 * rule can match every name.
 */
export function eventNamesOf(query: Query): ReadonlySet<string> | undefined {
  const lists = query.rules.map(
    ({ eventNames }) => eventNames && loadedNames(eventNames.condition),
  );
  const names = lists.filter((list) => list !== undefined);
  return names.length === lists.length ? new Set(names.flat()) : undefined;
}

/** Beyond ASCII the engines have their own minds about lower case, so such names are not looked up. */
function loadedNames(condition: Condition): readonly string[] | undefined {
  const names = namedEvents(condition);
  if (condition.kind !== 'test' || !condition.ignoreCase) return names;
  return names?.every((name) => /^[ -~]*$/.test(name))
    ? names.map((name) => name.toLowerCase())
    : undefined;
}

/** The accounts and the regions of which all rules ask for some alone; undefined where one of them asks for any. */
export function placesOf({ rules }: Query): {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
} {
  const asked = (field: string): ReadonlySet<string> | undefined => {
    const lists = rules.map(({ applied }) =>
      applied
        .filter(({ condition }) => condition.kind === 'test' && !condition.ignoreCase)
        .map(({ condition }) => listed(condition, field))
        .find((values) => values !== undefined),
    );
    return lists.includes(undefined) ? undefined : new Set(lists.flatMap((values) => values ?? []));
  };
  return { accounts: asked('recipientaccountid'), regions: asked('awsregion') };
}
