/**
 * A finding as text that can be kept and sorted: its objects would take ten times the memory. Its order, which event it is of, and
 * the choice among an event's records depend on the event alone, so that what is said of a finding never changes a report's order.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Finding } from '../report/report.js';
import type { Kept, KeptTexts } from '../spill/kept-texts.js';
import type { EventFields, FindingParts } from './to-finding.js';

/** What findings are ordered by. */
interface OrderKey extends Pick<
  EventFields,
  'eventTime' | 'eventID' | 'eventName' | 'recipientAccountId'
> {
  /** Canonical JSON of the event: the fields that a report shows, then the others. */
  readonly event: Kept;
  readonly rest: Kept;
  readonly source: string | null;
  /** JSON. */
  readonly extra: Kept;
}

export interface Entry extends OrderKey {
  /** What the rule says of the finding, as JSON. */
  readonly alert: Kept;
}

export function toEntry(
  { event, rest, source, extra, alert }: FindingParts,
  texts: KeptTexts,
): Entry {
  return {
    eventTime: event.eventTime,
    eventID: event.eventID,
    eventName: event.eventName,
    recipientAccountId: event.recipientAccountId,
    event: texts.keep(JSON.stringify(event)),
    rest: texts.keep(JSON.stringify(rest)),
    source,
    extra: texts.keep(JSON.stringify(extra)),
    alert: texts.keep(JSON.stringify(alert)),
  };
}

/** The finding of an entry, as JSON. */
export function entryText({ event, source, extra, alert }: Entry, { of }: KeptTexts): string {
  return `${of(event).slice(0, -1)},"source":${JSON.stringify(source)},"extra":${of(extra)},"alert":${of(alert)}}`;
}

/** The finding of an entry. */
export function entryFinding(entry: Entry, texts: KeptTexts): Finding {
  return JSON.parse(entryText(entry, texts)) as Finding;
}

/** The order of reports: instant (none last), eventID, eventName, account; then the event itself. */
export function inOrder(a: OrderKey, b: OrderKey, texts: KeptTexts): number {
  return (
    compare(a.eventTime, b.eventTime) ||
    compare(a.eventID, b.eventID) ||
    compare(a.eventName, b.eventName) ||
    compare(a.recipientAccountId, b.recipientAccountId) ||
    byEvent(a, b, texts)
  );
}

/** Whether two entries are of one event. A record without an eventID is never a repeat. */
export function isSameEvent(a: OrderKey, b: OrderKey | undefined): boolean {
  return (
    b !== undefined &&
    a.eventID !== null &&
    a.eventID === b.eventID &&
    a.eventName === b.eventName &&
    a.recipientAccountId === b.recipientAccountId &&
    a.eventTime === b.eventTime
  );
}

/** Which of an event's records is shown: the first by the event's canonical JSON, then by its file, then by what no column holds. */
export function byEvent(a: OrderKey, b: OrderKey, { of }: KeptTexts): number {
  return (
    byCodePoint(of(a.event), of(b.event)) ||
    byCodePoint(of(a.rest), of(b.rest)) ||
    compare(a.source, b.source) ||
    byCodePoint(of(a.extra), of(b.extra))
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
