/**
 * Divides the rules of a query into groups. A statement on all of a thousand rules would test each record for each rule; one
 * on a group reads only the records that its rules name.
 */
import { requiredValues } from '../rule/condition/required-values.js';
import type { Query, RuleQuery } from './query.js';
import { selectingCondition } from './selection.js';

/** The rules in a group. DuckDB refuses expressions that nest a thousand levels, and each rule adds a few. */
const MOST_RULES = 32;

/** The groups. Rules for the same event names are together, so that few groups read the same records. */
export function inGroups(query: Query): readonly Query[] {
  const { rules, window, calls } = query;
  if (rules.length <= MOST_RULES) return [query];
  const sorted = rules
    .map((rule) => ({ rule, names: namesOf(rule) }))
    .toSorted((a, b) => (a.names < b.names ? -1 : Number(a.names > b.names)));
  return Array.from({ length: Math.ceil(sorted.length / MOST_RULES) }, (_, group) => ({
    rules: sorted.slice(group * MOST_RULES, (group + 1) * MOST_RULES).map(({ rule }) => rule),
    window,
    // Calls are counted once.
    calls: group === 0 ? calls : undefined,
  }));
}

/** The event names of a rule as one text; empty for a rule without, so that such rules are together. */
function namesOf({ selection }: RuleQuery): string {
  const required = requiredValues(selectingCondition(selection), 'eventName');
  return JSON.stringify(required?.values.toSorted() ?? []);
}
