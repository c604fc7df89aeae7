/** Joins spans of time. An instant is a text in the form of reports, which sorts by time; null if there is none. */
import { byCodePoint } from '../cloudtrail/canonical.js';

type Instant = string | null;

/** The earlier of two instants; the other one where one is null. */
export function least(a: Instant, b: Instant): Instant {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) <= 0 ? a : b;
}

/** The later of two instants; the other one where one is null. */
export function most(a: Instant, b: Instant): Instant {
  if (a === null || b === null) return a ?? b;
  return byCodePoint(a, b) >= 0 ? a : b;
}
