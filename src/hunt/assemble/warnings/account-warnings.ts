/**
 * Warnings about accounts that a rule is limited to and that have no record in the window: finding nothing there proves
 * nothing. They say when such an account was last seen, and never suggest to hunt another account in its place. And about records
 * that name no account: they may be of any.
 */
import { isAccountId } from '../../../cloudtrail/account.js';
import type { RuleQuery } from '../../../query/query.js';
import type { Warning } from '../../../report/report.js';
import {
  changesLeftOut,
  limitsOf,
  matchesText,
  namesOf,
  wantedBy,
  type AnsweredRule,
  type Changes,
  type Limit,
} from './account-limits.js';
import { noneMatches } from './no-account-text.js';
import type { SeenAccounts } from '../coverage/seen-accounts.js';
import { counted } from '../../../text/counted.js';
import { warn } from '../../../report/warn.js';
import { firstFew } from '../../../text/first-few.js';
import { groupedBy } from '../../../memory/grouped.js';

const MOST_NAMED = 50;

/**
 * Warnings about the accounts that each rule is limited to, by the rule, with the changes that the limits left out. Rules with
 * the same limits have the same warnings, which count the changes of all of them.
 */
export function accountWarnings(
  rules: readonly AnsweredRule[],
  seen: SeenAccounts,
): ReadonlyMap<RuleQuery, readonly Warning[]> {
  const groups = groupedBy(rules, ({ query }) =>
    JSON.stringify(
      limitsOf(query).map(({ accounts, name, isExample }) => [accounts, name, isExample]),
    ),
  );
  return new Map(
    [...groups.values()].flatMap((group) => {
      const warnings = warningsOf(group, seen);
      return group.map(({ query }) => [query, warnings] as const);
    }),
  );
}

/** The warnings of rules with the same limits. */
function warningsOf(group: readonly AnsweredRule[], seen: SeenAccounts): readonly Warning[] {
  const [first] = group;
  const limits = first === undefined ? [] : limitsOf(first.query);
  if (limits.length === 0) return [];
  const malformed = limits.flatMap(malformedWarnings);
  const silent = silentWarnings(limits, group, seen);
  const isNone = silent.some(({ code }) => code === 'NO_ACCOUNT_MATCHES');
  // That an example is no account ID is nobody's mistake.
  return isNone && limits.every(({ isExample }) => isExample) ? silent : [...malformed, ...silent];
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
  group: readonly AnsweredRule[],
  seen: SeenAccounts,
): readonly Warning[] {
  // Without any record in the window, there is a warning about that.
  if (seen.inWindow.size === 0 && seen.unnamed === 0) return [];
  const wanted = wantedBy(limits);
  const silent = wanted.filter((id) => !seen.inWindow.has(id));
  const changes = changesLeftOut(group);
  if (silent.length === wanted.length)
    return [warn('NO_ACCOUNT_MATCHES', noneMatches(limits, changes, seen))];
  return [...unnamedWarnings(limits, changes, seen), ...absentWarnings(limits, silent, seen)];
}

/** Records that name no account are left out with those of other accounts. */
function unnamedWarnings(
  limits: readonly Limit[],
  { unnamed: left }: Changes,
  { unnamed }: SeenAccounts,
): readonly Warning[] {
  if (unnamed === 0) return [];
  const what =
    left.total === 0
      ? ''
      : `, with ${matchesText(left)}${left.rules > 1 ? '' : ' that would match'}`;
  const many = `${counted(unnamed, 'record')} in the window ${unnamed === 1 ? 'names' : 'name'} no account`;
  const message = `${many}: ${namesOf(limits)} left ${unnamed === 1 ? 'it' : 'them'} out${what}`;
  return [warn('RECORDS_WITHOUT_ACCOUNT', message)];
}

function absentWarnings(
  limits: readonly Limit[],
  silent: readonly string[],
  seen: SeenAccounts,
): readonly Warning[] {
  // An example that nobody set may have an ID that no account has.
  const isExample = limits.every((limit) => limit.isExample);
  const missing = silent.filter((id) => !isExample || isAccountId(id));
  if (missing.length === 0) return [];
  const have = missing.length === 1 ? 'has' : 'have';
  const message = `${firstFew(missing, MOST_NAMED)} in ${namesOf(limits)} ${have} no record in the window, so a zero there proves nothing: ${seen.lastSeen(missing)}`;
  return [warn('ACCOUNT_WITHOUT_RECORDS', message)];
}
