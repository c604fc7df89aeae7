/** Whether the logs have records of an account within a span, as far as counts by the hour can tell. */
import type { HourSpan } from '../../cloudtrail/time/hour-span.js';
import { HOUR } from '../../cloudtrail/time/window.js';

/** The records of an account. Instants are milliseconds since 1970 UTC. */
export interface AccountRecords {
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The hours that have records, in order. */
  readonly hours: readonly HourSpan[];
}

/** Both ends are excluded. */
export interface Between {
  readonly from: number;
  readonly to: number;
}

/**
 * Null where it is not known: in a span that lies within an hour or two, records of these hours may be before it or after it.
 * `instants` are the exact times of some events of the account.
 */
export function hasRecordsBetween(
  { first, last, hours }: AccountRecords,
  { from, to }: Between,
  instants: readonly number[],
): boolean | null {
  if (from >= to) return null;
  const isInside = (at: number | undefined): boolean => at !== undefined && from < at && at < to;
  if (isInside(first) || isInside(last) || instants.some(isInside)) return true;
  // A record of the hour may be at its very beginning.
  if (hours.some(({ since, until }) => hasWholeHour({ since, until }, { from, to }))) return true;
  if (last === undefined || first === undefined || last <= from || first >= to) return false;
  // Nothing is in the whole hours of the span. Of those at its ends, nobody knows.
  const isLong = Math.floor(to / HOUR) - Math.ceil(from / HOUR) >= 1;
  const touches = hours.some(({ since, until }) => since < to && until > from);
  return isLong || !touches ? false : null;
}

function hasWholeHour({ since, until }: HourSpan, { from, to }: Between): boolean {
  const begin = Math.max(since, Math.ceil(from / HOUR) * HOUR);
  const end = Math.min(until, Math.floor(to / HOUR) * HOUR);
  return begin < end;
}

/**
 * Whether an account is silent from about the beginning of a span to about its end, and for so long at no other time. Then the two
 * belong together, although nothing says that the account is concerned. `end` is that of all records.
 */
export function isOnlySilence(
  { hours }: AccountRecords,
  { from, to }: Between,
  end: number,
): boolean {
  const next = hours.findIndex(({ since }) => since > from);
  const before = hours.at(next < 0 ? -1 : next - 1)?.until;
  if (next === 0 || before === undefined || before < from - HOUR) return false;
  const after = next < 0 ? undefined : hours[next]?.since;
  if (Number.isFinite(to) ? after === undefined || after > to + HOUR : after !== undefined)
    return false;
  const long = (after ?? end) - before;
  return hours.every(
    ({ since }, index) =>
      index === 0 || index === next || since - (hours[index - 1]?.until ?? 0) < long,
  );
}
