/** Says that no account of a rule has a record: how many changes match in other accounts, and what to do. */
import { counted } from '../../../text/counted.js';
import { matchesText, namesOf, wantedBy, type Changes, type Limit } from './account-limits.js';
import type { SeenAccounts } from '../coverage/seen-accounts.js';
import { firstFew } from '../../../text/first-few.js';

/** In an option to copy. */
const MOST_COPIED = 50;
/** In a sentence. */
const MOST_LISTED = 10;

/** The text of the warning. */
export function noneMatches(
  limits: readonly Limit[],
  changes: Changes,
  seen: SeenAccounts,
): string {
  const chosen = limits.filter(({ isExample }) => !isExample);
  const examples = limits.filter(({ isExample }) => isExample);
  const isChosenSeen = chosen.length > 0 && wantedBy(chosen).some((id) => seen.inWindow.has(id));
  return examples.length > 0 && (chosen.length === 0 || isChosenSeen)
    ? exampleText(namesOf(examples), changes, seen)
    : chosenText(chosen.length > 0 && !isChosenSeen ? chosen : limits, changes, seen);
}

/** Nobody has set the accounts, so those in the logs may be the right ones. */
function exampleText(name: string, changes: Changes, seen: SeenAccounts): string {
  const changed = changes.byAccount.flatMap(([account]) => account ?? []);
  const accounts = changed.length > 0 ? changed : [...seen.inWindow];
  if (accounts.length === 0)
    return `${unnamedText(changes, seen)}: hunt them with --set ${name}=any`;
  const what =
    changes.total > 0
      ? `: ${leftOut(changes)}`
      : ` (${firstFew(accounts, MOST_LISTED)}), where no change matches`;
  // The reason comes first: a number of changes would read as what was lost from the logs. The option must fit into the verdict.
  return `no account of these logs was looked at${what}; name yours, for example --set ${name}=${accounts.slice(0, MOST_COPIED).join(',')}`;
}

/** No record says whose it is. */
function unnamedText(changes: Changes, { unnamed }: SeenAccounts): string {
  const { total } = changes;
  return total > 0
    ? leftOut(changes)
    : `no change matches, and ${counted(unnamed, 'record')} in the window ${unnamed === 1 ? 'names' : 'name'} no account`;
}

/** Somebody has set the accounts, so no other is suggested. */
function chosenText(limits: readonly Limit[], changes: Changes, seen: SeenAccounts): string {
  const wanted = wantedBy(limits);
  const names = namesOf(limits);
  const subject =
    wanted.length === 0
      ? `${names} ${limits.length === 1 ? 'allows no account' : 'have no account in common'}`
      : `no account of ${names} (${firstFew(wanted, MOST_LISTED)}) has a record in the window: ${seen.lastSeen(wanted)}`;
  return [subject, ...othersText(limits, changes), `records: ${seen.counted()}`].join('; ');
}

/** What `--account` leaves out is not looked at. */
function othersText(limits: readonly Limit[], changes: Changes): readonly string[] {
  if (changes.total > 0) return [leftOut(changes)];
  const isFiltered = limits.some(({ conjunct }) => conjunct.origin === 'filter');
  return isFiltered ? [] : ['in other accounts, no change matches either'];
}

/** `4 changes match, all in account 123456789012`. */
function leftOut(changes: Changes): string {
  const { byAccount, total, rules } = changes;
  const changed = matchesText(changes);
  const match = rules > 1 ? '' : total === 1 ? ' matches' : ' match';
  if (isOne(changes)) {
    const account = byAccount[0]?.[0] ?? null;
    const where = account === null ? 'in records that name no account' : `in account ${account}`;
    return `${changed}${match}, ${total > 1 ? 'all ' : ''}${where}`;
  }
  const by = byAccount.map(([account, events]) => `${account ?? 'no account'} (${events})`);
  return `${changed}${match}, in ${firstFew(by, MOST_LISTED)}`;
}

/** Whether all changes are in one account. */
function isOne({ byAccount, total }: Changes): boolean {
  return byAccount.length === 1 && byAccount[0]?.[1] === total;
}
