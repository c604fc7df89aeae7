/** The span of time that a hunt looks at: `[since, until)`, in milliseconds since 1970 UTC. */
export interface Window {
  readonly since: number | undefined;
  readonly until: number | undefined;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Whether an instant lies in the window. An event without a time is in no bounded window. */
export function contains(window: Window, instant: number | undefined): boolean {
  if (window.since === undefined && window.until === undefined) return true;
  if (instant === undefined) return false;
  return instant >= (window.since ?? -Infinity) && instant < (window.until ?? Infinity);
}

/** The time that both windows have. */
export function sharedBy(a: Window, b: Window): Window {
  return { since: latest(a.since, b.since), until: earliest(a.until, b.until) };
}

function latest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function earliest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/** The midnight UTC before the instant, or the instant itself if it is midnight. */
export function midnight(instant: number): number {
  return Math.floor(instant / DAY) * DAY;
}

/** The instant that a report is about: the last one of its window, or now. A day that is over ends before the next one begins. */
export function asOf({ until }: Window, now: number): number {
  return Math.min((until ?? Infinity) - 1, now);
}
