/** Periods of scheduled reports: whole days, weeks and months in UTC. A week begins on Monday, as in ISO 8601. */
import { dayName } from './day-span.js';
import { isDay } from './time.js';
import { DAY, midnight } from './window.js';

export const PERIOD_KINDS = ['day', 'week', 'month'] as const;
export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** `[since, until)`, in milliseconds since 1970 UTC. */
export interface Period {
  readonly kind: PeriodKind;
  /** `2026-10-08`, `2026-W41` or `2026-10`. */
  readonly name: string;
  readonly since: number;
  readonly until: number;
}

/** The period in which the instant lies. */
export function periodAt(kind: PeriodKind, instant: number): Period {
  switch (kind) {
    case 'day': {
      const since = midnight(instant);
      return { kind, name: dayName(since), since, until: since + DAY };
    }
    case 'week': {
      const since = monday(instant);
      return { kind, name: weekName(since), since, until: since + 7 * DAY };
    }
    case 'month': {
      const date = new Date(instant);
      const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
      const since = Date.UTC(year, month, 1);
      return { kind, name: dayName(since).slice(0, 7), since, until: Date.UTC(year, month + 1, 1) };
    }
    default:
      return kind satisfies never;
  }
}

/** The last period that is over at `now`. */
export function lastPeriod(kind: PeriodKind, now: number): Period {
  return periodAt(kind, periodAt(kind, now).since - 1);
}

/** Every period, from the one in which `first` lies, that is over at `now`: oldest first. */
export function periodsOver(kind: PeriodKind, first: number, now: number): readonly Period[] {
  const periods: Period[] = [];
  let period = periodAt(kind, first);
  while (period.until <= now) {
    periods.push(period);
    period = periodAt(kind, period.until);
  }
  return periods;
}

/** The period with this name; undefined if the text is none. */
export function periodNamed(name: string): Period | undefined {
  if (/^[12]\d{3}-\d{2}-\d{2}$/.test(name) && isDay(name)) return periodAt('day', instantOf(name));
  if (/^[12]\d{3}-\d{2}$/.test(name) && isDay(`${name}-01`))
    return periodAt('month', instantOf(`${name}-01`));
  const [, year, week] = /^([12]\d{3})-W(\d{2})$/.exec(name) ?? [];
  if (year === undefined || week === undefined) return undefined;
  // 4 January always lies in the first week. A week that the year does not have is one of another year.
  const period = periodAt('week', instantOf(`${year}-01-04`) + (Number(week) - 1) * 7 * DAY);
  return period.name === name ? period : undefined;
}

function instantOf(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function monday(instant: number): number {
  const day = new Date(instant).getUTCDay();
  return midnight(instant) - ((day + 6) % 7) * DAY;
}

/** A week belongs to the year in which its Thursday lies. */
function weekName(since: number): string {
  const year = new Date(since + 3 * DAY).getUTCFullYear();
  const first = monday(Date.UTC(year, 0, 4));
  const week = Math.round((since - first) / (7 * DAY)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
