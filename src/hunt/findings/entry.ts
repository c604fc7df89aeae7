/** A finding as text that can be kept and sorted: a tenth of what its objects take. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { parseJson } from '../../cloudtrail/json.js';
import type { Finding } from '../../report/report.js';

export interface Entry extends Pick<
  Finding,
  'eventTime' | 'eventID' | 'eventName' | 'recipientAccountId' | 'source'
> {
  /** Canonical JSON of what both engines show of the event, and of the rule's words for it. */
  readonly content: string;
  readonly alert: string;
  /** JSON. */
  readonly extra: string;
}

/** The entry of a finding. */
export function toEntry({ source, extra, alert, ...shown }: Finding): Entry {
  const { eventTime, eventID, eventName, recipientAccountId } = shown;
  return {
    eventTime,
    eventID,
    eventName,
    recipientAccountId,
    source,
    content: JSON.stringify(shown),
    alert: JSON.stringify(alert),
    extra: JSON.stringify(extra),
  };
}

/** The finding of an entry, as JSON. */
export function entryText({ content, source, extra, alert }: Entry): string {
  return `${content.slice(0, -1)},"source":${JSON.stringify(source)},"extra":${extra},"alert":${alert}}`;
}

/** The finding of an entry. */
export function entryFinding(entry: Entry): Finding {
  return parseJson(entryText(entry)) as unknown as Finding;
}

/** The order of reports: instant (none last), eventID, eventName, account, then canonical JSON. */
export function inOrder(a: Entry, b: Entry): number {
  return (
    compare(a.eventTime, b.eventTime) ||
    compare(a.eventID, b.eventID) ||
    compare(a.eventName, b.eventName) ||
    compare(a.recipientAccountId, b.recipientAccountId) ||
    byContent(a, b)
  );
}

/** Whether two entries are of one event. */
export function isSameEvent(a: Entry, b: Entry | undefined): boolean {
  return (
    b !== undefined &&
    a.eventID !== null &&
    a.eventID === b.eventID &&
    a.eventName === b.eventName &&
    a.recipientAccountId === b.recipientAccountId &&
    a.eventTime === b.eventTime
  );
}

/** Which of an event's copies is shown: the first in this order. */
export function byContent(a: Entry, b: Entry): number {
  return (
    byCodePoint(a.content, b.content) ||
    byCodePoint(a.alert, b.alert) ||
    byCodePoint(a.extra, b.extra) ||
    compare(a.source, b.source)
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
