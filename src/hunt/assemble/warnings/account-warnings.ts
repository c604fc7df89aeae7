/**
 * Warnings about accounts that a rule is limited to and that have no record in the window: finding nothing there proves
 * nothing. They say when such an account was last seen, and never suggest to hunt another account in its place.
 */
import { isAccountId } from '../../../cloudtrail/account.js';
import type { RuleQuery } from '../../../query/query.js';
import type { Warning } from '../../../report/report.js';
import {
  changesLeftOut,
  limitsOf,
  namesOf,
  wantedBy,
  type AnsweredRule,
  type Limit,
} from './account-limits.js';
import { noneMatches } from './no-account-text.js';
import type { SeenAccounts } from '../coverage/seen-accounts.js';
import { warn } from './warnings.js';
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
  if (seen.inWindow.size === 0) return [];
  const wanted = wantedBy(limits);
  const names = namesOf(limits);
  const silent = wanted.filter((id) => !seen.inWindow.has(id));
  if (silent.length === wanted.length) {
    const changes = changesLeftOut(group);
    return [warn('NO_ACCOUNT_MATCHES', noneMatches(limits, changes, seen))];
  }
  // An example that nobody set may have an ID that no account has.
  const isExample = limits.every((limit) => limit.isExample);
  const missing = silent.filter((id) => !isExample || isAccountId(id));
  if (missing.length === 0) return [];
  const have = missing.length === 1 ? 'has' : 'have';
  const message = `${firstFew(missing, MOST_NAMED)} in ${names} ${have} no record in the window, so a zero there proves nothing: ${seen.lastSeen(missing)}`;
  return [warn('ACCOUNT_WITHOUT_RECORDS', message)];
}
