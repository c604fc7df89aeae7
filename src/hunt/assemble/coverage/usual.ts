/**
 * What gaps are usual for an account or a region. A log is never even: people do not work at night, and a batch runs once a day. So
 * a gap counts only where it is far longer than those that the same account or region usually has.
 */
import { gapsIn, hoursIn, type HourSpan } from '../../../cloudtrail/time/hour-span.js';
import { DAY, HOUR } from '../../../cloudtrail/time/window.js';
import { weekPattern } from './week-pattern.js';

/** A silence is so many times as long as nearly all other gaps, and a few hours more. Nights and weekends are not. */
const FACTOR = 6;
const SHORTEST = 5;
/** Of all gaps, this part is usual. */
const USUAL = 0.95;
/** With fewer hours that have a record, nothing is usual. */
export const FEWEST_HOURS = { account: 8, region: 24 };
/** The records must be on at least this part of the days, and reach over as much of the time: a burst in a month did not stop. */
const SMALLEST_PART = 0.25;
/** In hours. An account or region whose gaps are usually longer is not busy every day. */
const LONGEST_USUAL = 24;

export interface Silence extends HourSpan {
  readonly kind: 'begins' | 'pauses' | 'stops';
  /** Whether it is also far longer than the usual gaps where no hour of the week is taken for a quiet one. */
  readonly isLong: boolean;
}

/** What is usual, and what is not. */
export interface Habit {
  /** The gap, in hours, that nearly no hour with a record has a longer one after it. */
  readonly usual: number;
  /** In order of time. */
  readonly silences: readonly Silence[];
}

/**
 * The habit of an account or a region in a whole. The spans with records are in order. Undefined where too little is known.
 *
 * From two weeks of records on, only those hours of a gap count in which there usually are records, at that hour of the week.
 */
export function habitIn(
  hours: readonly HourSpan[],
  whole: HourSpan,
  fewestHours: number,
): Habit | undefined {
  const first = hours[0];
  const last = hours.at(-1);
  const covered = hoursIn(hours);
  if (first === undefined || last === undefined || covered < fewestHours) return undefined;
  const active = { since: first.since, until: last.until };
  if (hoursIn([active]) < SMALLEST_PART * hoursIn([whole])) return undefined;
  if (daysIn(hours) < (SMALLEST_PART * (active.until - active.since)) / DAY) return undefined;
  const pauses = gapsIn(hours, active);
  const usual = usualOf(pauses.map(lengthOf), covered);
  if (usual > LONGEST_USUAL) return undefined;
  const busyHours = weekPattern(hours, active) ?? lengthOf;
  const busy = pauses.map(busyHours);
  const least = SHORTEST + FACTOR * usualOf(busy, covered);
  const begin = { since: whole.since, until: first.since };
  const end = { since: last.until, until: whole.until };
  const silence = (
    kind: Silence['kind'],
    gap: HourSpan,
    ownBusy = busyHours(gap),
  ): readonly Silence[] =>
    lengthOf(gap) >= SHORTEST && ownBusy >= least && isSmall(gap, active)
      ? [{ ...gap, kind, isLong: lengthOf(gap) > SHORTEST + FACTOR * usual }]
      : [];
  return {
    usual,
    silences: [
      ...silence('begins', begin),
      ...pauses.flatMap((pause, nth) => silence('pauses', pause, busy[nth])),
      ...silence('stops', end),
    ],
  };
}

/** How many days have a record. */
function daysIn(hours: readonly HourSpan[]): number {
  let next = -Infinity;
  let days = 0;
  for (const { since, until } of hours) {
    const first = Math.max(next, Math.floor(since / DAY));
    next = Math.ceil(until / DAY);
    days += Math.max(0, next - first);
  }
  return days;
}

function lengthOf({ since, until }: HourSpan): number {
  return (until - since) / HOUR;
}

/** The length that nearly no hour with a record has a longer gap after it. */
function usualOf(lengths: readonly number[], covered: number): number {
  return lengths.toSorted((a, b) => b - a)[Math.floor((1 - USUAL) * covered)] ?? 0;
}

/** Whether the rest of the time with records is long enough to judge the gap by it. */
function isSmall(gap: HourSpan, { since, until }: HourSpan): boolean {
  const inside = Math.max(0, Math.min(gap.until, until) - Math.max(gap.since, since));
  return SMALLEST_PART * (gap.until - gap.since) <= (1 - SMALLEST_PART) * (until - since - inside);
}
