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
