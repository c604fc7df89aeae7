/** Which accounts the logs have, in the window and outside it, in words for warnings. */
import { formatInstant } from '../../../cloudtrail/time/time.js';
import type { Window } from '../../../cloudtrail/time/window.js';
import type { CoverageCell } from '../../../dump/dump.js';
import { firstFew } from '../../../text/first-few.js';
import { groupedBy } from '../../../memory/grouped.js';

const MOST_COUNTED = 10;
const MOST_LAST_SEEN = 50;

export interface SeenAccounts {
  /** The accounts with a record in the window. */
  readonly inWindow: ReadonlySet<string>;
  /** How many records in the window name no account, as those of CloudTrail before version 1.02 do. */
  readonly unnamed: number;
  /** When each account was last seen before the window, or what else is known of it. */
  lastSeen(accounts: readonly string[]): string;
  /** The accounts with a record in the window, with the numbers of their records. */
  counted(): string;
}

/** `nowhere` says where an account is not that is not in the logs: `nowhere in these logs`. */
export function seenAccounts(
  cells: readonly CoverageCell[],
  window: Window,
  nowhere: string,
): SeenAccounts {
  const inWindow = new Map<string | null, number>();
  for (const { account, inWindow: own } of cells)
    if (own.records > 0) inWindow.set(account, (inWindow.get(account) ?? 0) + own.records);
  const stateOf = (account: string): string => {
    const own = cells.filter((cell) => cell.account === account);
    const last = own.reduce((latest, cell) => Math.max(latest, cell.last ?? latest), -Infinity);
    const first = own.reduce((least, cell) => Math.min(least, cell.first ?? least), Infinity);
    if (own.length === 0) return nowhere;
    if (!Number.isFinite(last)) return 'seen only in records without a readable time';
    return first < (window.until ?? Infinity) && last < (window.until ?? Infinity)
      ? `last seen ${formatInstant(last)}`
      : `seen only outside the window, from ${formatInstant(first)} to ${formatInstant(last)}`;
  };
  return {
    inWindow: new Set([...inWindow.keys()].filter((name) => name !== null)),
    unnamed: inWindow.get(null) ?? 0,
    lastSeen: (accounts) => lastSeenText(accounts, stateOf),
    counted: () => {
      const busiest = [...inWindow]
        .map(([account, records]) => [account ?? 'no account', records] as const)
        .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return firstFew(
        busiest.map(([account, records]) => `${account} (${records})`),
        MOST_COUNTED,
      );
    },
  };
}

/** The accounts by what is known of them: most often, all of them are nowhere. */
function lastSeenText(accounts: readonly string[], stateOf: (account: string) => string): string {
  const byState = groupedBy(accounts, stateOf);
  if (byState.size === 1 && accounts.length > 0) return [...byState.keys()].join('');
  return firstFew(
    [...byState].map(([state, own]) => `${firstFew(own, MOST_COUNTED)} ${state}`),
    MOST_LAST_SEEN,
    { separator: '; ' },
  );
}
