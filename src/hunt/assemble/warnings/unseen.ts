/**
 * Warns of accounts and regions without any record in the window, if the pause is far longer than their usual ones
 * (`coverage/usual.ts`). The records around the window show the usual pauses: those of the days that every hunt reads.
 */
import { hoursIn, joinedSpans, type HourSpan } from '../../../cloudtrail/time/hour-span.js';
import { DAY, midnight, type Window } from '../../../cloudtrail/time/window.js';
import type { CoverageCell } from '../../../dump/dump.js';
import { groupedBy } from '../../../memory/grouped.js';
import { accountName } from '../../../report/completeness/scope.js';
import type { Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';
import { FEWEST_HOURS } from '../coverage/usual.js';
import { silencesIn, warningOf, type AskedFor } from './silences.js';

const MOST_WARNINGS = 50;
/** A day of a weekend with such a part of the records of a working day is no quieter. */
const SMALLEST_PART = 0.5;
const [SUNDAY, MONDAY, SATURDAY] = [0, 1, 6];

interface Request extends Pick<AskedFor, 'hours' | 'names'> {
  readonly window: Window;
}

/** Empty where no account has a record in the window: then the report says so. */
export function unseenWarnings(
  cells: readonly CoverageCell[],
  request: Request,
): readonly Warning[] {
  if (request.hours.length === 0) return [];
  const read = daysRead(request.window);
  const around = cells.flatMap(({ account, region, hours, inWindow }) =>
    account === null
      ? []
      : [{ account, region, isSeen: inWindow.records > 0, hours: clipped(hours, read) }],
  );
  const all = joinedSpans(around.map(({ hours }) => hours));
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [];
  const whole = { since: first.since, until: last.until };
  const warnings = (name: string, hours: readonly HourSpan[], fewest: number): readonly Warning[] =>
    silencesIn(hours, whole, fewest)
      .filter(({ kind }) => kind === 'pauses')
      .filter((silence) => isSilentOnlyIn(request.window, { silence, hours, whole }))
      .map((silence) => warningOf(name, silence, { hours: all }));
  const found = [...groupedBy(around, ({ account }) => account)].flatMap(([account, own]) => {
    const name = accountName(account, request.names);
    if (!own.some(({ isSeen }) => isSeen))
      return warnings(name, joinedSpans(own.map(({ hours }) => hours)), FEWEST_HOURS.account);
    return own.flatMap(({ region, isSeen, hours }) =>
      isSeen || region === null ? [] : warnings(`${region} of ${name}`, hours, FEWEST_HOURS.region),
    );
  });
  const more = found.length - MOST_WARNINGS;
  return [
    ...found.slice(0, MOST_WARNINGS),
    ...(more > 0
      ? [warn('COVERAGE_GAP', `${more} more accounts or regions have no record in the window`)]
      : []),
  ];
}

/** Of these days every file is read, whatever its name: those of the window, the day before, and for late files the one after its last midnight. */
function daysRead({ since, until }: Window): HourSpan {
  return {
    since: since === undefined ? -Infinity : midnight(since) - DAY,
    until: until === undefined ? Infinity : midnight(until) + DAY,
  };
}

function clipped(hours: readonly HourSpan[], to: HourSpan): readonly HourSpan[] {
  return hours
    .map(({ since, until }) => ({
      since: Math.max(since, to.since),
      until: Math.min(until, to.until),
    }))
    .filter(({ since, until }) => since < until);
}

/** A silence of an account or a region. */
interface Silent {
  readonly silence: HourSpan;
  /** Its hours with records. */
  readonly hours: readonly HourSpan[];
  /** From the first record of all accounts to the last. */
  readonly whole: HourSpan;
}

/** Whether a part of the silence lies in the window, and a day beside it has records at these hours. Otherwise it may be a night. */
function isSilentOnlyIn({ since = -Infinity, until = Infinity }: Window, silent: Silent): boolean {
  const { silence, hours } = silent;
  const [from, to] = [Math.max(since, silence.since), Math.min(until, silence.until)];
  for (let day = midnight(from); day < to; day += DAY) {
    const part = { since: Math.max(from, day), until: Math.min(to, day + DAY) };
    const isBusy = [-DAY, DAY].some(
      (shift) =>
        busyHours(hours, moved(part, shift)) > 0 &&
        (!isWeekend(day) || isWeekend(day + shift) || isBusyWeekend(part, shift, silent)),
    );
    if (isBusy || isSilentMonday(part, hours)) return true;
  }
  return false;
}

/**
 * Whether an account is about as busy on the day of a weekend (in UTC) of which a part is silent as on the working day beside it. Many
 * accounts are silent at weekends, but for a few records of what runs every night.
 */
function isBusyWeekend(
  part: HourSpan,
  workday: number,
  { silence, hours, whole }: Silent,
): boolean {
  const other = moved(part, -workday);
  const isRead = other.since < whole.until && other.until > whole.since;
  const isInSilence = other.since >= silence.since && other.until <= silence.until;
  // Then the other day of the weekend is silent at these hours too, and not by the same silence.
  if (isRead && !isInSilence) return false;
  const day = { since: midnight(part.since), until: midnight(part.since) + DAY };
  const silent = {
    since: Math.max(day.since, silence.since),
    until: Math.min(day.until, silence.until),
  };
  const own = busyHours(hours, day);
  const usual = busyHours(hours, moved(day, workday)) - busyHours(hours, moved(silent, workday));
  return own >= FEWEST_HOURS.account && own >= SMALLEST_PART * usual;
}

/** Whether it is silent on a Monday when it was busy on Friday. Before noon (in UTC), it is still Sunday in the west of America. */
function isSilentMonday({ since, until }: HourSpan, hours: readonly HourSpan[]): boolean {
  const day = midnight(since);
  const part = { since: Math.max(since, day + DAY / 2), until };
  return dayOfWeek(day) === MONDAY && busyHours(hours, moved(part, -3 * DAY)) > 0;
}

function moved({ since, until }: HourSpan, by: number): HourSpan {
  return { since: since + by, until: until + by };
}

/** How many hours of a span have records. A window may begin within an hour. */
function busyHours(hours: readonly HourSpan[], span: HourSpan): number {
  return hoursIn(clipped(hours, span));
}

function isWeekend(instant: number): boolean {
  return [SUNDAY, SATURDAY].includes(dayOfWeek(instant));
}

function dayOfWeek(instant: number): number {
  return new Date(instant).getUTCDay();
}
