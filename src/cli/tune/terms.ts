/** Why an exclusion is there, who answers for it, and until when: as the exceptions say from which it is made. */
import { DAY } from '../../cloudtrail/time/window.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { endOf } from '../../disposition/exceptions/covers.js';
import { HuntError } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import type { Agreement } from './judge.js';
import type { Terms } from './entry.js';

const LONGEST = 500;
const DEFAULT_DAYS = 90;

export interface GivenTerms {
  readonly reason: string | undefined;
  readonly owner: string | undefined;
  readonly until: string | undefined;
  /** The name of the user. */
  readonly user: string;
  readonly now: number;
}

/** What the options say, else the exceptions: the reasons and owners of all, and the day of the one that ends first. */
export function termsOf(
  agreements: readonly Agreement[],
  { reason, owner, until, user, now }: GivenTerms,
): Terms {
  const all = (textOf: (one: Agreement) => string): string =>
    truncate(safeLine([...new Set(agreements.map(textOf))].join('; ')), LONGEST);
  const days = agreements
    .map(({ expires }) => expires)
    .filter((day) => endOf(day) > now)
    .toSorted();
  return {
    reason:
      given(reason, '--reason') ??
      (all((one) => `${one.reason} (${one.id})`) || 'accepted in a report'),
    owner: given(owner, '--owner') ?? (all((one) => one.owner) || user),
    until: until ?? days[0] ?? formatInstant(now + DEFAULT_DAYS * DAY).slice(0, 10),
  };
}

/** What is printed is what is written: one line, in which nothing is hidden. Throws a HuntError if nothing is left. */
function given(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const line = safeLine(text.replaceAll(/\s+/g, ' ').trim());
  if (line === '')
    throw new HuntError('USAGE', `${option} is empty: leave it out, or write a text`);
  return line;
}
