/**
 * Warns of accounts and regions without any record in the window, if that is part of a pause far longer than they usually have
 * (`coverage/usual.ts`). What they usually have, the records around the window tell: those of the days that every hunt reads.
 */
import { joinedSpans, type HourSpan } from '../../../cloudtrail/time/hour-span.js';
import { DAY, midnight, type Window } from '../../../cloudtrail/time/window.js';
import type { CoverageCell } from '../../../dump/dump.js';
import { groupedBy } from '../../../memory/grouped.js';
import { accountName } from '../../../report/completeness/scope.js';
import type { Warning } from '../../../report/report.js';
import { warn } from '../../../report/warn.js';
import { FEWEST_HOURS } from '../coverage/usual.js';
import { silencesIn, warningOf, type AskedFor } from './silences.js';

const MOST_WARNINGS = 50;

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
      .filter((silence) => isSilentOnlyIn(request.window, silence, hours))
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

/** Of these days every file is read, whatever its name: those of the window, and the day before. */
function daysRead({ since, until }: Window): HourSpan {
  return {
    since: since === undefined ? -Infinity : midnight(since) - DAY,
    until: until === undefined ? Infinity : midnight(until - 1) + DAY,
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

/**
 * Whether a part of the silence lies in the window, and the day before or after has records at these hours. Otherwise it may be a night.
 * A day of a weekend (in UTC) is compared only with another one, because many accounts are silent at weekends.
 */
function isSilentOnlyIn(
  { since = -Infinity, until = Infinity }: Window,
  silence: HourSpan,
  hours: readonly HourSpan[],
): boolean {
  const [from, to] = [Math.max(since, silence.since), Math.min(until, silence.until)];
  for (let day = midnight(from); day < to; day += DAY) {
    const [begin, end] = [Math.max(from, day), Math.min(to, day + DAY)];
    const isBusy = [-DAY, DAY].some(
      (shift) =>
        isWeekend(day) === isWeekend(day + shift) &&
        hours.some((span) => span.since < end + shift && span.until > begin + shift),
    );
    if (isBusy) return true;
  }
  return false;
}

function isWeekend(instant: number): boolean {
  return [0, 6].includes(new Date(instant).getUTCDay());
}
