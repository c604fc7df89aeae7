/** The disposition of a finding in an audit report: whether it is new, what explains it, and whether it came late. */
import { truncate } from '../../../text/width.js';
import type { Disposition } from '../../disposition.js';
import { explanationOf } from '../../audit/explanation.js';
import type { Finding } from '../../finding.js';
import { joined, text, type Text } from '../blocks/text.js';

// In columns.
const NAME = 120;

export function dispositionText(finding: Finding): Text {
  const { disposition } = finding;
  const explanation = explanationOf(finding);
  if (disposition === null) return ['not assessed'];
  const { status, late, ownApproval } = disposition;
  return joined(
    [
      ...(explanation === 'unexplained' ? [['UNEXPLAINED']] : []),
      [status],
      ...exceptionTexts(disposition),
      ...ticketTexts(disposition),
      ...(ownApproval ? [['APPROVED BY WHO MADE IT']] : []),
      ...(late === null ? [] : [text`late: it belongs to ${late}`]),
    ],
    ', ',
  );
}

function exceptionTexts({ exception, status }: Disposition): readonly Text[] {
  if (exception === null) return [];
  const id = truncate(exception, NAME);
  return [status === 'expired' ? text`its exception ${id} has expired` : text`by exception ${id}`];
}

function ticketTexts({ ticket }: Disposition): readonly Text[] {
  if (ticket === null) return [];
  const approval =
    ticket.approver === null
      ? ['which names no approver']
      : text`approved by ${truncate(ticket.approver, NAME)}`;
  const after = ticket.written === 'after' ? [' WRITTEN AFTER THE CHANGE'] : [];
  return [text`ticket ${truncate(ticket.id, NAME)}${after}, ${approval}`];
}
