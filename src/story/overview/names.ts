/** Names, and which of them need their account: `ann` may be somebody else in another account. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Named } from '../../report/counted-by.js';

/** The names with their accounts where a name is in several, and where it is that of a root user, who is nobody without it. */
export function withAccountIfNeeded<T extends Named>(all: readonly T[]): readonly T[] {
  const accounts = new Map<string | null, string | null>();
  const shared = new Set<string | null>(['root']);
  for (const { name, account } of all) {
    if (accounts.has(name) && accounts.get(name) !== account) shared.add(name);
    accounts.set(name, account);
  }
  return all.map((one) => (shared.has(one.name) ? one : { ...one, account: null }));
}

/** By name, then by account; null is last. */
export function inNameOrder(a: Named, b: Named): number {
  return compare(a.name, b.name) || compare(a.account, b.account);
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
