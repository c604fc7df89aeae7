/**
 * Warnings about accounts that a rule is limited to and that have no record in the window: finding nothing there proves
 * nothing. They say when such an account was last seen, and never suggest to hunt another account in its place.
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Conjunct, RuleQuery } from '../../query/query.js';
import type { RuleAnswer } from '../../findings/collector.js';
import type { Warning } from '../../report/report.js';
import { testsOf } from '../../rule/condition/condition.js';
import { requiredValues } from '../../rule/condition/required-values.js';
import { listed, type SeenAccounts } from './seen-accounts.js';
import { warn } from './warnings.js';

const MOST_NAMED = 50;

/** A part of the rule that allows only some accounts. */
interface Limit {
  readonly conjunct: Conjunct;
  readonly accounts: readonly string[];
  /** What gives the accounts: a parameter, `--account`, or the rule itself. */
  readonly name: string;
  /** Whether the accounts are only an example, because nobody set the rule's parameter. */
  readonly isExample: boolean;
}

/** Warnings about the accounts that a rule is limited to, with the changes that the limit left out. */
export function accountWarnings(
  query: RuleQuery,
  hidden: RuleAnswer['hidden'],
  seen: SeenAccounts,
): readonly Warning[] {
  const limits = limitsOf(query);
  if (limits.length === 0) return [];
  const malformed = limits.flatMap(malformedWarnings);
  const silent = silentWarnings(limits, hidden, seen);
  const isNone = silent.some(({ code }) => code === 'NO_ACCOUNT_MATCHES');
  return isNone ? [...silent, ...malformed] : [...malformed, ...silent];
}

function limitsOf(query: RuleQuery): readonly Limit[] {
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

function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

function malformedWarnings({ accounts, name }: Limit): readonly Warning[] {
  return accounts
    .filter((id) => !isAccountId(id))
    .slice(0, MOST_NAMED)
    .map((id) =>
      warn('ACCOUNT_ID_MALFORMED', `${JSON.stringify(id)} in ${name} is no account ID (12 digits)`),
    );
}

function silentWarnings(
  limits: readonly Limit[],
  hidden: RuleAnswer['hidden'],
  seen: SeenAccounts,
): readonly Warning[] {
  // Without any record in the window, there is a warning about that.
  if (seen.inWindow.size === 0) return [];
  const wanted = limits
    .map(({ accounts }) => accounts)
    .reduce((common, accounts) => common.filter((id) => accounts.includes(id)));
  const names = [...new Set(limits.map(({ name }) => name))].join(' and ');
  const silent = wanted.filter((id) => !seen.inWindow.has(id));
  if (silent.length === wanted.length)
    return [warn('NO_ACCOUNT_MATCHES', noneMatches({ limits, names, wanted, hidden }, seen))];
  // An example that nobody set may have an ID that no account has.
  const isExample = limits.every((limit) => limit.isExample);
  const missing = silent.filter((id) => !isExample || isAccountId(id));
  if (missing.length === 0) return [];
  const have = missing.length === 1 ? 'has' : 'have';
  const message = `${listed(missing, MOST_NAMED)} in ${names} ${have} no record in the window, so a zero there proves nothing: ${seen.lastSeen(missing)}`;
  return [warn('ACCOUNT_WITHOUT_RECORDS', message)];
}

interface Unmatched {
  readonly limits: readonly Limit[];
  readonly names: string;
  readonly wanted: readonly string[];
  readonly hidden: RuleAnswer['hidden'];
}

function noneMatches({ limits, names, wanted, hidden }: Unmatched, seen: SeenAccounts): string {
  const examples = limits.filter(({ isExample }) => isExample).map(({ name }) => name);
  const subject =
    wanted.length === 0
      ? `${names} ${limits.length === 1 ? 'allows no account' : 'have no account in common'}`
      : `no account of ${names} (${listed(wanted, MOST_NAMED)}) has a record in the window: ${seen.lastSeen(wanted)}`;
  const changes = new Map<string | null, number>();
  let others = 0;
  for (const { conjunct } of limits) {
    const own = hidden.get(conjunct.id);
    others += own?.otherAccounts ?? 0;
    for (const [account, events] of own?.byAccount ?? [])
      changes.set(account, (changes.get(account) ?? 0) + events);
  }
  return [
    subject,
    `the window has records of ${seen.counted()}`,
    leftOut(changes, others),
    ...examples.map((name) => `${name} has only examples: ${suggestion(name, changes, seen)}`),
  ].join('; ');
}

/** The user has not set the accounts to hunt, so the accounts in the logs may be the right ones. */
function suggestion(
  name: string,
  changes: ReadonlyMap<string | null, number>,
  seen: SeenAccounts,
): string {
  const changed = [...changes].toSorted(mostFirst).flatMap(([account]) => account ?? []);
  const accounts = changed.length > 0 ? changed : [...seen.inWindow];
  const some = accounts.slice(0, MOST_NAMED).join(',');
  return `set it to your accounts, for example --set ${name}=${some}`;
}

type Counted = readonly [account: string | null, events: number];

function mostFirst([a, ofA]: Counted, [b, ofB]: Counted): number {
  return ofB - ofA || byCodePoint(a ?? 'no account', b ?? 'no account');
}

/** `others` are changes in further accounts. */
function leftOut(changes: ReadonlyMap<string | null, number>, others: number): string {
  const total = [...changes.values()].reduce((sum, events) => sum + events, others);
  if (total === 0) return 'in these the rule matches nothing either';
  const by = [...changes]
    .toSorted(mostFirst)
    .map(([account, events]) => `${account ?? 'no account'} (${events})`);
  return `that alone left out ${total} ${total === 1 ? 'change' : 'changes'}, in ${listed(by, MOST_NAMED)}`;
}
