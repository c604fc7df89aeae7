/** What a line says of its finding beside others: accepted, known, late, or explained by a ticket. */
import { truncate } from '../../../text/width.js';
import type { Disposition } from '../../disposition.js';
import type { DispositionMark } from '../blocks/block.js';
import { joined, text, type Text } from '../blocks/text.js';

// In columns.
const NAME = 44;

export interface DispositionFacts {
  /** The last day of each exception, by its ID. */
  readonly expires: ReadonlyMap<string, string>;
  readonly hasTickets: boolean;
}

/** `accepted (EX-1 until 2026-12-31), ticket CHG-1`. Null where there is nothing to say. */
export function dispositionMark(
  disposition: Disposition | null,
  { expires, hasTickets }: DispositionFacts,
): DispositionMark | null {
  if (disposition === null) return null;
  const { status, late, exception, unexplained } = disposition;
  const until = expires.get(exception ?? '');
  const named: Text =
    exception === null
      ? []
      : text` (${truncate(exception, NAME)}${until === undefined ? [] : [` until ${until}`]})`;
  const parts: readonly Text[] = [
    ...statusTexts(status, named),
    ...(late === null ? [] : [[`late: belongs to ${late}`]]),
    ...ticketTexts(disposition),
    ...(hasTickets && unexplained && disposition.ticket === null ? [['no ticket']] : []),
  ];
  if (parts.length === 0) return null;
  return {
    text: joined(parts, ', '),
    isSettled: status === 'accepted' || status === 'known',
  };
}

function statusTexts(status: Disposition['status'], named: Text): readonly Text[] {
  switch (status) {
    case 'accepted':
      return [['accepted', ...named]];
    case 'expired':
      return [['EXPIRED', ...named]];
    case 'known':
      return [['known']];
    case 'new':
      return [];
    default:
      return status satisfies never;
  }
}

function ticketTexts({ ticket }: Disposition): readonly Text[] {
  if (ticket === null) return [];
  const { id, written } = ticket;
  return [
    text`ticket ${truncate(id, NAME)}${written === 'after' ? [', written after the change'] : []}`,
  ];
}
