/**
 * A finding as text, to store and to sort: as objects it would take ten times the memory. The order of findings, and the
 * choice among the records of one event, depend only on the event. So a new describer or alert never changes the order.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { EventFields, Finding } from '../report/report.js';
import type { StoredText, TextStore } from '../spill/text-store.js';
import { cut } from '../text/cut.js';
import type { MatchedEvent } from './to-finding.js';

/**
 * In UTF-16 units. Findings are sorted by texts of at most this length; of a longer text, its ends and its hash decide. The
 * longest ARN has 2,048.
 */
const LONGEST_KEY = 2048;

/** What the findings of all rules on one event share: the values that they are sorted by. */
export interface StoredEvent extends Pick<
  EventFields,
  'eventTime' | 'eventID' | 'eventName' | 'recipientAccountId'
> {
  /** Canonical JSON of the event. */
  readonly event: StoredText;
  /** JSON. */
  readonly meaning: StoredText;
  readonly source: string | null;
  /** JSON. */
  readonly extra: StoredText;
}

export interface Entry extends StoredEvent {
  /** What the rule says of the finding, as JSON. */
  readonly alert: StoredText;
  /** How many findings it stands for: records without an eventID that are equal. */
  readonly findings: number;
}

/** Stores an event. `put` stores a text. */
export function storeEvent(
  { event, meaning, source, extra }: MatchedEvent,
  put: (text: string) => StoredText,
): StoredEvent {
  return {
    eventTime: event.eventTime,
    eventID: sortKey(event.eventID),
    eventName: sortKey(event.eventName),
    recipientAccountId: sortKey(event.recipientAccountId),
    event: put(JSON.stringify(event)),
    meaning: put(JSON.stringify(meaning)),
    source,
    extra: put(JSON.stringify(extra)),
  };
}

function sortKey(text: string | null): string | null {
  return text === null ? null : cut(text, LONGEST_KEY);
}

/** The finding of an entry, as JSON. */
export function entryText(entry: Entry, { get }: TextStore): string {
  const { event, meaning, source, extra, alert } = entry;
  return `${get(event).slice(0, -1)},${get(meaning).slice(1, -1)},"source":${JSON.stringify(source)},"extra":${get(extra)},"alert":${get(alert)}}`;
}

/** The finding of an entry. */
export function entryFinding(entry: Entry, texts: TextStore): Finding {
  return JSON.parse(entryText(entry, texts)) as Finding;
}

/** The order of reports: by instant (events without one last), eventID, eventName and account, then by the event itself. */
export function inOrder(a: StoredEvent, b: StoredEvent, texts: TextStore): number {
  return (
    compare(a.eventTime, b.eventTime) ||
    compare(a.eventID, b.eventID) ||
    compare(a.eventName, b.eventName) ||
    compare(a.recipientAccountId, b.recipientAccountId) ||
    byEvent(a, b, texts)
  );
}

/** Whether two entries are of one event. A record without an eventID is never a repeat. */
export function isSameEvent(a: StoredEvent, b: StoredEvent | undefined): boolean {
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
export function byEvent(a: StoredEvent, b: StoredEvent, texts: TextStore): number {
  return (
    byText(a.event, b.event, texts) ||
    compare(a.source, b.source) ||
    byText(a.extra, b.extra, texts)
  );
}

function byText(a: StoredText, b: StoredText, { get }: TextStore): number {
  const [one, other] = [get(a), get(b)];
  // Repeats of an event are often equal. That is found faster than an order.
  return one === other ? 0 : byCodePoint(one, other);
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
