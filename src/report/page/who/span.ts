/** The time from the first to the last of several calls, in the form of reports; null where none has a time. */
export interface Span {
  first: string | null;
  last: string | null;
}

/** Puts the time of one more call into a span. */
export function stretch(span: Span, eventTime: string | null): void {
  if (eventTime === null) return;
  if (span.first === null || eventTime < span.first) span.first = eventTime;
  if (span.last === null || eventTime > span.last) span.last = eventTime;
}
