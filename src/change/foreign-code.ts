/**
 * The state of what runs code of another account. Whose account that is, is known when all logs have been read: code of one's own
 * accounts is no way in.
 */
import type { State } from './change.js';

const WORDS = 'runs layers of account ';

/** The text of the state, which has the account at its end. */
export function runsLayersOf(account: string): string {
  return `${WORDS}${account}`;
}

/** The account whose code runs in this state; undefined for other states. */
export function accountOfCode({ what }: State): string | undefined {
  return what.startsWith(WORDS) ? what.slice(WORDS.length) : undefined;
}
