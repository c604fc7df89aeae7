/** Warnings about exceptions and tickets: those that are over, unused, or approved by the person who made the change. */
import type { ExceptionUse } from '../report/disposition.js';
import type { Warning } from '../report/report.js';
import { warn } from '../report/warn.js';
import { counted } from '../text/counted.js';
import { firstFew } from '../text/first-few.js';

const MOST_NAMED = 10;

/** One warning for each kind of problem, which names the exceptions or counts the findings. None where there is no problem. */
export function comparisonWarnings(
  exceptions: readonly ExceptionUse[],
  {
    ownTickets,
    unreadableTickets,
  }: { readonly ownTickets: number; readonly unreadableTickets: number },
): readonly Warning[] {
  const over = exceptions.filter(({ expired }) => expired > 0);
  const unused = exceptions.filter(({ isExpired, isUnused }) => isExpired && isUnused === true);
  const own = exceptions.filter(({ ownApproval }) => ownApproval > 0);
  return [
    ...(over.length === 0
      ? []
      : [
          warn(
            'EXCEPTION_EXPIRED',
            `${named(over, ({ id, expires, expired }) => `${id} (until ${expires}, ${counted(expired, 'finding')})`)}: still matched, and no longer accepted`,
          ),
        ]),
    ...(unused.length === 0
      ? []
      : [
          warn(
            'EXCEPTION_UNUSED',
            `${named(unused, ({ id, expires }) => `${id} (until ${expires})`)}: matched nothing for its whole life`,
          ),
        ]),
    ...(own.length === 0
      ? []
      : [
          warn(
            'OWN_APPROVAL',
            `the approver of an exception made the change: ${named(own, ({ id, approver, ownApproval }) => `${id} (${approver ?? ''}, ${counted(ownApproval, 'finding')})`)}`,
          ),
        ]),
    ...(ownTickets === 0
      ? []
      : [
          warn(
            'OWN_APPROVAL',
            `the approver of the ticket made the change: ${counted(ownTickets, 'finding')}`,
          ),
        ]),
    ...(unreadableTickets === 0
      ? []
      : [
          warn(
            'TICKETS_UNREADABLE',
            `${counted(unreadableTickets, 'row')} of the tickets without an ID, or with a time that cannot be read`,
          ),
        ]),
  ];
}

function named(uses: readonly ExceptionUse[], say: (use: ExceptionUse) => string): string {
  return firstFew(uses.map(say), MOST_NAMED);
}
