/**
 * A finding as text, to store and to sort: as objects it would take ten times the memory. The order of findings, and the
 * choice among the records of one event, depend only on the event. So a new describer or alert never changes the order.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Json } from '../cloudtrail/json.js';
import type { Finding, FullFinding } from '../report/report.js';
import type { StoredText, TextStore } from '../spill/text-store.js';
import type { EventFields, FindingParts } from './to-finding.js';

/** The values that findings are sorted by. */
interface OrderKey extends Pick<
  EventFields,
  'eventTime' | 'eventID' | 'eventName' | 'recipientAccountId'
> {
  /** Canonical JSON of the event: the fields that a report shows, then the others. */
  readonly event: StoredText;
  readonly rest: StoredText;
  readonly source: string | null;
  /** JSON. */
  readonly extra: StoredText;
}

export interface Entry extends OrderKey {
  /** What the rule says of the finding, as JSON. */
  readonly alert: StoredText;
}

export function toEntry(
  { event, rest, source, extra, alert }: FindingParts,
  texts: TextStore,
): Entry {
  return {
    eventTime: event.eventTime,
    eventID: event.eventID,
    eventName: event.eventName,
    recipientAccountId: event.recipientAccountId,
    event: texts.put(JSON.stringify(event)),
    rest: texts.put(JSON.stringify(rest)),
    source,
    extra: texts.put(JSON.stringify(extra)),
    alert: texts.put(JSON.stringify(alert)),
  };
}

/** The finding of an entry, as JSON. */
export function entryText({ event, source, extra, alert }: Entry, { get }: TextStore): string {
  return `${get(event).slice(0, -1)},"source":${JSON.stringify(source)},"extra":${get(extra)},"alert":${get(alert)}}`;
}

/** The finding of an entry. */
export function entryFinding(entry: Entry, texts: TextStore): Finding {
  return JSON.parse(entryText(entry, texts)) as Finding;
}

/** The finding of an entry, with the fields of its event that the finding does not show. */
export function fullFinding(entry: Entry, texts: TextStore): FullFinding {
  const others = JSON.parse(texts.get(entry.rest)) as Json;
  return { finding: entryFinding(entry, texts), others };
}

/** The order of reports: by instant (events without one last), eventID, eventName and account, then by the event itself. */
export function inOrder(a: OrderKey, b: OrderKey, texts: TextStore): number {
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

/** Orders the records of one event; the first is shown. By canonical JSON, then by file, then by the fields without a column. */
export function byEvent(a: OrderKey, b: OrderKey, { get }: TextStore): number {
  return (
    byCodePoint(get(a.event), get(b.event)) ||
    byCodePoint(get(a.rest), get(b.rest)) ||
    compare(a.source, b.source) ||
    byCodePoint(get(a.extra), get(b.extra))
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
