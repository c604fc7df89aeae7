/** The accounts of which nothing was logged while a trail was stopped: one trail may log all accounts of an organization. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { LogPlaces } from './log-places.js';
import { hasRecordsBetween, isOnlySilence, type AccountRecords, type Between } from './records.js';
import type { Spot } from './spots.js';

export interface AccountsKnown {
  /** All records that were read, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
  /** The exact times of some events, by account. */
  readonly instants: ReadonlyMap<string | null, readonly number[]>;
  readonly places: LogPlaces;
}

const NO_RECORDS: AccountRecords = { first: undefined, last: undefined, hours: [] };

/** Null where it is not known. */
export function hasRecords(
  account: string | null,
  between: Between,
  { accounts, instants }: Pick<AccountsKnown, 'accounts' | 'instants'>,
): boolean | null {
  const recordsOf = (one: string | null): AccountRecords => accounts.get(one) ?? NO_RECORDS;
  const own = hasRecordsBetween(recordsOf(account), between, instants.get(account) ?? []);
  if (account === null || accounts.has(account)) return own;
  // If no record names this account, a record that names no account may belong to it.
  const isNone = hasRecordsBetween(recordsOf(null), between, []) === false;
  return own === false && !isNone ? null : own;
}

/** Without the account of the trail, in order. */
export function silentOthers(
  { reach, account, begin }: Pick<Spot, 'reach' | 'account' | 'begin'>,
  between: Between,
  known: AccountsKnown,
): readonly string[] {
  if (reach === 'own account' || account === null) return [];
  const { accounts, places } = known;
  const about = reach === 'organization' || places.isInOrganization(account);
  const all = [
    ...new Set([...accounts.keys(), ...(about ? places.accountsAbout(between) : [])]),
  ].flatMap((other) =>
    other === null || other === account || !places.mayLog(account, other) ? [] : [other],
  );
  const silent = all
    .filter((other) => hasRecords(other, between, known) === false)
    .toSorted(byCodePoint);
  const areAll = silent.length === all.length;
  // Only the start of the trail is in the logs, and a start does not prove that the trail was off before.
  if (begin === undefined) return reach === 'organization' && areAll ? silent : [];
  if (reach === 'organization' || (areAll && places.isInOrganization(account))) return silent;
  const end = Math.max(...[...accounts.values()].map(({ last }) => last ?? -Infinity));
  // The end of a copy is no silence.
  if (end - between.from < HOUR) return [];
  return silent.filter((other) => isOnlySilence(accounts.get(other) ?? NO_RECORDS, between, end));
}
