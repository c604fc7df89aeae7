/**
 * Alternatives as fewer of them, before they become SQL. A list of hundreds of calls is as many pairs of a service and its
 * names; tested one by one they would be more code than Trino compiles, and most of the time of a statement.
 */
import type { Condition, Test } from '../../rule/condition/condition.js';

/** The two fields of a call, in the order of the text that is compared. */
export const CALL_FIELDS = ['eventSource', 'eventName'] as const;

/** Stands between the two. No service and no name of a list has it, so that a text can only be divided in one way. */
export const BETWEEN = ' ';

/** What remains of alternatives, and what became of the others. */
export interface Alternatives {
  readonly others: readonly Condition[];
  /** Services and names as one text each. */
  readonly calls: readonly string[];
}

/** A list of fewer calls stays as the rule has it, which is easier to read. */
const FEWEST = 4;

/**
 * The alternatives of an `any`, without those that list calls; all of them where these are few. Those that are whole are left as
 * they are.
 */
export function alternativesOf(
  parts: readonly Condition[],
  isWhole: (part: Condition) => boolean,
): Alternatives {
  const flat = parts.flatMap((part) => flattened(part, isWhole));
  const divided = flat.map((part) => (isWhole(part) ? undivided(part) : dividedCalls(part)));
  const pairs = divided.filter(({ calls }) => calls.length > 0);
  if (pairs.length < FEWEST) return { others: parts, calls: [] };
  return {
    others: divided.flatMap(({ others }) => others),
    calls: [...new Set(pairs.flatMap(({ calls }) => calls))].toSorted(),
  };
}

function flattened(
  condition: Condition,
  isWhole: (part: Condition) => boolean = () => false,
): readonly Condition[] {
  return condition.kind === 'any' && condition.of.length > 0 && !isWhole(condition)
    ? condition.of.flatMap((part) => flattened(part, isWhole))
    : [condition];
}

function undivided(condition: Condition): Alternatives {
  return { others: [condition], calls: [] };
}

/** `all` of a service and names: the names without wildcards as texts, and what else it has. */
function dividedCalls(condition: Condition): Alternatives {
  const none = undivided(condition);
  if (condition.kind !== 'all' || condition.of.length !== 2) return none;
  const [service, names] = condition.of;
  if (service === undefined || names === undefined) return none;
  const services = listOf(service, CALL_FIELDS[0]);
  if (services === undefined) return none;
  const alternatives = flattened(names);
  const lists = alternatives.map((part) => ({ part, values: listOf(part, CALL_FIELDS[1]) }));
  const exact = lists.flatMap(({ values }) => values ?? []);
  const rest = lists.flatMap(({ part, values }) => (values === undefined ? [part] : []));
  return {
    calls: services.flatMap((own) => exact.map((name) => own + BETWEEN + name)),
    others: rest.length === 0 ? [] : [{ kind: 'all', of: [service, { kind: 'any', of: rest }] }],
  };
}

/** The values of a test that a field is one of them, as it is written; undefined for every other condition. */
function listOf(condition: Condition, field: string): readonly string[] | undefined {
  if (condition.kind !== 'test' || !isList(condition)) return undefined;
  const { values } = condition;
  const isOf = condition.field.length === 1 && condition.field[0] === field;
  if (!isOf || 'parameter' in values) return undefined;
  return values.some((value) => value.includes(BETWEEN)) ? undefined : values;
}

function isList({ op, ignoreCase, spread, part }: Test): boolean {
  return (op === 'in' || op === 'equals') && !ignoreCase && !spread && part === undefined;
}
