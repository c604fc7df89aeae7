/**
 * Whether a call gives access to the account of `hunt what`. What is open to an account is another thing, whose states name that
 * thing, and the account somewhere in their words or not at all.
 */
import type { Finding } from '../../report/finding.js';

type Letting = Pick<Finding, 'change'>;

/** Whether the account is among those to which the change gives access. */
export function letsIn({ change }: Letting, account: string): boolean {
  return change?.grantees.includes(account) === true;
}

/** Whether a state that the call begins may be that it lets in the account. A call may let in others too, with a state for each. */
export function mayLetIn({ change }: Letting, what: string, account: string): boolean {
  if (change === null || !change.grantees.includes(account)) return false;
  if (what.includes(account)) return true;
  // Beside a state that names the account, the others are of other settings of the call, as that MFA is off.
  if (change.begins.some((state) => state.what.includes(account))) return false;
  return !change.grantees.some((other) => what.includes(other));
}
