/** The window as SQL, and in words for comments in SQL. */
import { contains, type Window } from '../../cloudtrail/time/window.js';
import type { Dialect } from '../dialect/dialect.js';

/** Whether an instant lies in the window; never NULL. */
export function windowSql(window: Window, instant: string, dialect: Dialect): string {
  if (contains(window, undefined)) return 'TRUE';
  const bounds = [
    window.since !== undefined && `${instant} >= ${dialect.instantLiteral(window.since)}`,
    window.until !== undefined && `${instant} < ${dialect.instantLiteral(window.until)}`,
  ];
  return `COALESCE(${bounds.filter((bound) => bound !== false).join(' AND ')}, FALSE)`;
}

/** The window in words. Times are UTC. */
export function windowText({ since, until }: Window): string {
  const text = (instant: number | undefined): string =>
    instant === undefined ? '' : new Date(instant).toISOString();
  return since === undefined && until === undefined
    ? 'no window: all time'
    : `window: [${text(since)}, ${text(until)})`;
}
