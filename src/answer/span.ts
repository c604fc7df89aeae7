/** Spans of time that are put together. Instants are texts in the form of reports, which sort by time; null where there is none. */
import { byCodePoint } from '../cloudtrail/canonical.js';

type Instant = string | null;

export function least(a: Instant, b: Instant): Instant {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) <= 0 ? a : b;
}

export function most(a: Instant, b: Instant): Instant {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) >= 0 ? a : b;
}
