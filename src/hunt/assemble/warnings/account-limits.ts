/** The parts of rules that allow only some accounts, and the changes that these alone left out. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import type { RuleAnswer } from '../../../findings/collector.js';
import type { Conjunct, RuleQuery } from '../../../query/query.js';
import { testsOf } from '../../../rule/condition/condition.js';
import { requiredValues } from '../../../rule/condition/required-values.js';
import { counted } from '../../../text/counted.js';

/** A part of the rule that allows only some accounts. */
export interface Limit {
  readonly conjunct: Conjunct;
  readonly accounts: readonly string[];
  /** What gives the accounts: a parameter, `--account`, or the rule itself. */
  readonly name: string;
  /** Whether the accounts are only an example, because nobody set the rule's parameter. */
  readonly isExample: boolean;
}

/** A rule, and what its conjuncts hid. */
export interface AnsweredRule {
  readonly query: RuleQuery;
  readonly hidden: RuleAnswer['hidden'];
}

/** The limits of a rule, in the order of its conjuncts. */
export function limitsOf(query: RuleQuery): readonly Limit[] {
  return query.conjuncts.flatMap((conjunct) => {
    const required = requiredValues(conjunct.condition, 'recipientAccountId');
    if (required === undefined) return [];
    const parameter = parameterOf(query, conjunct);
    const name =
      conjunct.origin === 'filter' ? '--account' : (parameter?.name ?? "the rule's accounts");
    const isExample = parameter?.source === 'rule';
    return [{ conjunct, accounts: required.values, name, isExample }];
  });
}

/** The parameter that gave a bound test its values. It is named by the rule's own test at the same position of its file. */
function parameterOf({ bound }: RuleQuery, { condition }: Conjunct) {
  const positions = new Set(testsOf(condition).map(({ at }) => at));
  const values = testsOf(bound.rule.condition).find(
    (test) =>
      positions.has(test.at) &&
      'parameter' in test.values &&
      test.field[0] === 'recipientAccountId',
  )?.values;
  return values !== undefined && 'parameter' in values
    ? bound.parameters.find(({ name }) => name === values.parameter)
    : undefined;
}

/** The accounts that every limit allows. */
export function wantedBy(limits: readonly Limit[]): readonly string[] {
  return limits
    .map(({ accounts }) => accounts)
    .reduce((common, accounts) => common.filter((id) => accounts.includes(id)));
}

/** What gives the accounts. */
export function namesOf(limits: readonly Limit[]): string {
  return [...new Set(limits.map(({ name }) => name))].join(' and ');
}

/** How many changes rules match. Several rules may match one change, so of several it is a number of matches. */
export interface Matches {
  readonly total: number;
  /** How many rules match some of them. */
  readonly rules: number;
}

/** The changes that only the limits to accounts left out. */
export interface Changes extends Matches {
  /** The accounts with the most first. */
  readonly byAccount: readonly (readonly [account: string | null, events: number])[];
  /** Those of records that name no account. */
  readonly unnamed: Matches;
}

/** `2 changes`, `3 matches of 2 rules`. */
export function matchesText({ total, rules }: Matches): string {
  return rules > 1
    ? `${counted(total, 'match', 'matches')} of ${rules} rules`
    : counted(total, 'change');
}

/** Counts the changes that the rules match but for their limits. */
export function changesLeftOut(group: readonly AnsweredRule[]): Changes {
  const byAccount = new Map<string | null, number>();
  let total = 0;
  let rules = 0;
  let rulesOfUnnamed = 0;
  for (const { query, hidden } of group) {
    const before = total;
    const unnamedBefore = byAccount.get(null) ?? 0;
    for (const { conjunct } of limitsOf(query)) {
      const own = hidden.get(conjunct.id);
      total += own?.otherAccounts ?? 0;
      for (const [account, events] of own?.byAccount ?? []) {
        byAccount.set(account, (byAccount.get(account) ?? 0) + events);
        total += events;
      }
    }
    if (total > before) rules += 1;
    if ((byAccount.get(null) ?? 0) > unnamedBefore) rulesOfUnnamed += 1;
  }
  const most = [...byAccount].toSorted(
    ([a, ofA], [b, ofB]) => ofB - ofA || byCodePoint(a ?? 'no account', b ?? 'no account'),
  );
  const unnamed = { total: byAccount.get(null) ?? 0, rules: rulesOfUnnamed };
  return { byAccount: most, total, rules, unnamed };
}
