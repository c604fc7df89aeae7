/** What a record must have for any of the rules to match it: by this a reader skips files, partitions and records. */
import { isAscii, requiredValues } from '../rule/required-values.js';
import type { Condition } from '../rule/condition.js';
import type { Query } from './query.js';

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

/** The accounts and the regions that the rules can match; undefined where some rule can match any. */
export function limitsOf(query: Query): {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
} {
  const setOf = (field: string): ReadonlySet<string> | undefined => {
    const values = requiredOfQuery(query, field);
    return values && new Set(values);
  };
  return { accounts: setOf('recipientAccountId'), regions: setOf('awsRegion') };
}

/**
 * The values of which a field must have one for any of the rules to match, each once; undefined where some rule requires
 * none, or ignores case: paths and partitions have one spelling, which is then not known.
 */
export function requiredOfQuery({ rules }: Query, field: string): readonly string[] | undefined {
  const lists = rules.map(({ conjuncts }) => {
    const all: Condition = { kind: 'all', of: conjuncts.map(({ condition }) => condition) };
    const required = requiredValues(all, field);
    return required?.ignoreCase === false ? required.values : undefined;
  });
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? [...new Set(known.flat())] : undefined;
}
