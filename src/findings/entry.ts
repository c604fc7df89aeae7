/** A finding as text that can be kept and sorted: a tenth of what its objects take. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { parseJson } from '../cloudtrail/json.js';
import type { Finding } from '../report/report.js';
import type { Kept, KeptTexts } from '../spill/kept-texts.js';

export interface Entry extends Pick<
  Finding,
  'eventTime' | 'eventID' | 'eventName' | 'recipientAccountId' | 'source'
> {
  /** Canonical JSON of what both engines show of the event, and of the rule's words for it. */
  readonly content: Kept;
  readonly alert: Kept;
  /** JSON. */
  readonly extra: Kept;
}

/** The entry of a finding. */
export function toEntry({ source, extra, alert, ...shown }: Finding, texts: KeptTexts): Entry {
  const { eventTime, eventID, eventName, recipientAccountId } = shown;
  return {
    eventTime,
    eventID,
    eventName,
    recipientAccountId,
    source,
    content: texts.keep(JSON.stringify(shown)),
    alert: texts.keep(JSON.stringify(alert)),
    extra: texts.keep(JSON.stringify(extra)),
  };
}

/** The finding of an entry, as JSON. */
export function entryText({ content, source, extra, alert }: Entry, { of }: KeptTexts): string {
  return `${of(content).slice(0, -1)},"source":${JSON.stringify(source)},"extra":${of(extra)},"alert":${of(alert)}}`;
}

/** The finding of an entry. */
export function entryFinding(entry: Entry, texts: KeptTexts): Finding {
  return parseJson(entryText(entry, texts)) as unknown as Finding;
}

/** The order of reports: instant (none last), eventID, eventName, account, then canonical JSON. */
export function inOrder(a: Entry, b: Entry, texts: KeptTexts): number {
  return (
    compare(a.eventTime, b.eventTime) ||
    compare(a.eventID, b.eventID) ||
    compare(a.eventName, b.eventName) ||
    compare(a.recipientAccountId, b.recipientAccountId) ||
    byContent(a, b, texts)
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
export function byContent(a: Entry, b: Entry, { of }: KeptTexts): number {
  return (
    byCodePoint(of(a.content), of(b.content)) ||
    byCodePoint(of(a.alert), of(b.alert)) ||
    byCodePoint(of(a.extra), of(b.extra)) ||
    compare(a.source, b.source)
  );
}

function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return byCodePoint(a, b);
}
