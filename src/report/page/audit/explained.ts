/** By which exceptions changes were accepted, and how many changes each explanation explains. */
import { counted } from '../../../text/counted.js';
import { truncate } from '../../../text/width.js';
import type { Conclusion } from '../../audit/audit.js';
import type { ExceptionUse } from '../../disposition.js';
import type { Report } from '../../report.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, text, value, type Text } from '../blocks/text.js';

// In columns.
const TEXT = 400;

export function* explainedBlocks(report: Report, { explanations }: Conclusion): Generator<Block> {
  yield { kind: 'title', text: ['What explains the changes'] };
  if (explanations === null) {
    yield {
      kind: 'paragraph',
      text: ['This hunt had no tickets and no exceptions, so no change was assessed.'],
    };
    return;
  }
  const tickets = report.dispositions?.tickets ?? null;
  const facts: readonly Fact[] = [
    ...(tickets === null
      ? [{ label: 'tickets', text: ['none were given'] }]
      : [
          { label: 'ticket and approver', text: text`${explanations.approved}` },
          { label: 'ticket without approver', text: text`${explanations.ticketed}` },
          { label: 'ticket from afterwards', text: text`${tickets.after}, which explain nothing` },
        ]),
    { label: 'accepted', text: text`${explanations.accepted}` },
    { label: 'approved by who made it', text: text`${explanations.selfApproved}` },
    { label: 'unexplained', text: text`${explanations.unexplained}` },
  ];
  yield { kind: 'facts', facts };
  yield* under(['Exceptions'], report.exceptions.map(exceptionItem));
}

function exceptionItem(use: ExceptionUse): Block {
  const { id, reason, findings, by } = use;
  return {
    kind: 'item',
    head: text`${truncate(id, TEXT)}, ${[counted(findings, 'finding')]}: ${value(truncate(reason, TEXT))}`,
    details: [
      joined(factsOf(use), ', '),
      ...by.map((one) => text`${one.findings} by ${truncate(one.actor, TEXT)}`),
    ],
  };
}

function factsOf(use: ExceptionUse): readonly Text[] {
  const { owner, approver, ticket, expires, isExpired, expired, ownApproval, isUnused } = use;
  return [
    text`owner ${truncate(owner, TEXT)}`,
    approver === null ? ['no approver'] : text`approver ${truncate(approver, TEXT)}`,
    ...(ticket === null ? [] : [text`ticket ${truncate(ticket, TEXT)}`]),
    text`${[isExpired ? 'EXPIRED on' : 'until']} ${expires}`,
    ...(expired > 0 ? [[`${expired} AFTER ITS LAST DAY`]] : []),
    ...(ownApproval > 0 ? [[`${ownApproval} MADE BY THE APPROVER`]] : []),
    ...(isUnused === true ? [['it has never matched a change']] : []),
  ];
}
