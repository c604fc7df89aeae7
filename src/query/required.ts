/** What a record must have so that any rule can match it. Readers use this to skip files, partitions and records. */
import { isAscii } from '../cloudtrail/field/columns.js';
import { requiredValues } from '../rule/condition/required-values.js';
import type { Condition } from '../rule/condition/condition.js';
import { necessaryFor } from './necessary.js';
import { anyOf, type Requirement } from '../cloudtrail/requirement.js';
import { selectedRules, type Conjunct, type Query, type RuleQuery } from './query.js';
import { selectingCondition } from './selection.js';

/** What every record has that some rule or watch of the query selects, or that is counted as a call. */
export function requirementOf(query: Query): Requirement {
  const { calls } = query;
  const selected = selectedRules(query).map(({ selection }) => selectingCondition(selection));
  const counted: readonly Condition[] = calls ? [{ kind: 'all', of: calls.filters }] : [];
  return anyOf([...selected, ...counted].map(necessaryFor));
}

/** What every record has that some rule or watch may find. The other records of `requirementOf` are only counted. */
export function requirementOfFindings(query: Query): Requirement {
  const finding = selectedRules(query).filter(({ conjuncts }) => !conjuncts.some(isNever));
  return anyOf(finding.map(({ selection }) => necessaryFor(selectingCondition(selection))));
}

function isNever({ condition }: Conjunct): boolean {
  return condition.kind === 'not' && condition.of.kind === 'constant' && condition.of.value;
}

/**
 * The event names that the rules can match, in lower case if the rule ignores case. Undefined if some rule can match every
 * name, or if calls are counted, whatever their names.
 */
export function eventNamesOf(query: Query): ReadonlySet<string> | undefined {
  if (query.calls !== undefined) return undefined;
  const lists = query.rules.map(({ selection }) => loadedNames(selectingCondition(selection)));
  const names = lists.filter((list) => list !== undefined);
  return names.length === lists.length ? new Set(names.flat()) : undefined;
}

/** The same names, as they stand in the records. Undefined also if a rule ignores case. */
export function exactEventNames(query: Query): readonly string[] | undefined {
  if (query.calls !== undefined) return undefined;
  const lists = selectedRules(query).map(({ selection }) => {
    const required = requiredValues(selectingCondition(selection), 'eventName');
    return required?.ignoreCase === false ? required.values : undefined;
  });
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? [...new Set(known.flat())] : undefined;
}

/** Engines differ in the lower case of letters outside ASCII: a rule that ignores the case of such a name loads every name. */
function loadedNames(condition: Condition): readonly string[] | undefined {
  const required = requiredValues(condition, 'eventName');
  if (required === undefined || !required.ignoreCase) return required?.values;
  const { values } = required;
  return values.every(isAscii) ? values.map((name) => name.toLowerCase()) : undefined;
}

/** The accounts and the regions that the rules can match. Undefined if some rule can match all of them. */
export function accountsAndRegionsOf(query: Query): {
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
 * The values of a field to which a reader of partitions may limit itself. Where a rule and the filters of the user have none in
 * common, those of the filters: then no rule can match, but the report can say what is there. Undefined for all values.
 */
export function valuesToRead(query: Query, field: string): readonly string[] | undefined {
  const required = requiredOfQuery(query, field);
  if (required === undefined || required.length > 0) return required;
  const filters = query.rules.map(({ conjuncts, ...rule }) => ({
    ...rule,
    conjuncts: conjuncts.filter(({ origin }) => origin === 'filter'),
  }));
  const filtered = requiredOfQuery({ ...query, rules: filters }, field);
  return filtered?.length === 0 ? undefined : filtered;
}

/**
 * The list of values of a field outside which no rule can match and no call is counted, each value once. Undefined if some rule
 * requires no value, or ignores case: paths and partitions have one spelling of a value, and the rule does not say which.
 */
export function requiredOfQuery(
  { rules, calls }: Query,
  field: string,
): readonly string[] | undefined {
  const alternatives = [
    ...rules.map(({ conjuncts }) => conjuncts.map(({ condition }) => condition)),
    ...(calls === undefined ? [] : [calls.filters]),
  ];
  const lists = alternatives.map((of) => exactValues(of, field));
  const known = lists.filter((list) => list !== undefined);
  return known.length === lists.length ? [...new Set(known.flat())] : undefined;
}

/** The same of one rule. */
export function requiredOfRule(
  conjuncts: RuleQuery['conjuncts'],
  field: string,
): readonly string[] | undefined {
  const conditions = conjuncts.map(({ condition }) => condition);
  return exactValues(conditions, field);
}

function exactValues(of: readonly Condition[], field: string): readonly string[] | undefined {
  const required = requiredValues({ kind: 'all', of }, field);
  return required?.ignoreCase === false ? required.values : undefined;
}
