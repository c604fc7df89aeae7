/** What the findings came to beside exceptions, tickets and an earlier report: the ledger of exceptions, and what is gone. */
import { truncate } from '../../text/width.js';
import { calledText } from '../called.js';
import type { DispositionCounts, ExceptionUse, GoneFinding } from '../disposition.js';
import type { Report } from '../report.js';
import { under, type Block } from './blocks/block.js';
import { joined, text, value, type Text } from './blocks/text.js';
import { instant } from './blocks/words.js';

const ACTORS = 3;
const GONE = 20;
// In columns.
const SHORT = 60;
const LONG = 400;

export function* comparisonBlocks({ exceptions, gone }: Report): Generator<Block> {
  yield* under(
    ['Accepted by exceptions'],
    exceptions.filter(({ findings }) => findings > 0).map(exceptionBlock),
  );
  if (gone === null || gone.length === 0) return;
  yield { kind: 'heading', text: ['Gone: in the earlier report, and not in this one'] };
  yield {
    kind: 'facts',
    facts: gone.slice(0, GONE).map((one) => ({ label: timeOf(one), text: goneText(one) })),
  };
  if (gone.length > GONE)
    yield {
      kind: 'paragraph',
      text: [`and ${gone.length - GONE} more: the JSON report has them`],
    };
}

function exceptionBlock(use: ExceptionUse): Block {
  const { id, reason, owner, approver, ticket, expires, findings, expired, by } = use;
  const until = expired === 0 ? `until ${expires}` : `EXPIRED ${expires} (${expired} of them)`;
  const others = findings - by.slice(0, ACTORS).reduce((sum, one) => sum + one.findings, 0);
  return {
    kind: 'exclusion',
    label: text`${findings} by ${truncate(id, SHORT)}`,
    condition: joined(
      [
        [until],
        text`owner ${truncate(owner, SHORT)}`,
        ...(approver === null ? [] : [text`approved by ${truncate(approver, SHORT)}`]),
        ...(ticket === null ? [] : [text`ticket ${truncate(ticket, SHORT)}`]),
        [value(truncate(reason, LONG))],
      ],
      ', ',
    ),
    hides: expired > 0,
    by: by.slice(0, ACTORS).map(({ actor, findings: count }) => ({
      count,
      text: [value(truncate(actor, LONG))],
    })),
    more: others > 0 ? [`and ${others} by others`] : null,
  };
}

function timeOf({ eventTime }: GoneFinding): string {
  return eventTime === null ? 'no time' : instant(eventTime);
}

function goneText({ sentence, eventName, eventID }: GoneFinding): Text {
  const said = sentence ?? calledText(eventName);
  return text`${truncate(said, LONG)} ${eventID === null ? [] : text`(${truncate(eventID, LONG)})`}`;
}

/** `3 new, 1 accepted, 2 unexplained`; null where the findings are not compared. */
export function dispositionText({ dispositions, gone }: Report): string | null {
  if (dispositions === null) return null;
  const { known, accepted, expired, late, tickets, unexplained } = dispositions;
  const some = (count: number, word: string): readonly string[] =>
    count > 0 ? [`${count} ${word}`] : [];
  const parts = [
    `${dispositions.new} new`,
    ...some(expired, 'expired'),
    ...some(accepted, 'accepted'),
    ...some(known, 'known'),
    ...some(late, 'late'),
    ...ticketTexts(tickets),
    ...(tickets === null ? [] : [`${unexplained} unexplained`]),
    ...(gone === null || gone.length === 0 ? [] : [`${gone.length} gone`]),
  ];
  return parts.join(', ');
}

function ticketTexts(tickets: DispositionCounts['tickets']): readonly string[] {
  if (tickets === null || tickets.before + tickets.after === 0) return [];
  const after = tickets.after === 0 ? '' : ` (${tickets.after} written after the change)`;
  return [`${tickets.before + tickets.after} with a ticket${after}`];
}
