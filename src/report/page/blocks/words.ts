/** Numbers and times in words. */

/** `2026-01-31 08:00:00Z`, from an instant of the report. Milliseconds are left out where they are zero. */
export function instant(text: string): string {
  return text.replace('T', ' ').replace(/\.000Z$/, 'Z');
}

/** A span of time between two instants of the report; null is an open end. */
export function timeSpan(since: string | null, until: string | null): string {
  if (since === null && until === null) return 'all of time';
  const from = since === null ? 'the beginning' : instant(since);
  return `${from} to ${until === null ? 'the end' : instant(until)}`;
}

/** `2023-07-10 11:54:00Z to 12:28:41Z` */
export function shortSpan(from: string, until: string): string {
  return `${instant(from)} to ${timeWithin(until, from)}`;
}

/** An instant. It has no date if it is on the same day as the other instant. */
export function timeWithin(at: string, from: string): string {
  const whole = instant(at);
  return at.slice(0, 10) === from.slice(0, 10) ? whole.slice(11) : whole;
}
