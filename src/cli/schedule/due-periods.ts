/** Which periods of a scheduled report are over and not yet reported. */
import {
  lastPeriod,
  periodAt,
  periodNamed,
  periodsOver,
  type Period,
  type PeriodKind,
} from '../../cloudtrail/time/period.js';
import { readInstant } from '../../cloudtrail/time/time.js';
import { HuntError } from '../../errors.js';

/** Where the periods of a report begin. */
export interface Beginning {
  /** When the last period that was reported ends; undefined before the first run. */
  readonly until: number | undefined;
  /** What `--first` says, as an instant. It counts before the first run only. */
  readonly first: number | undefined;
}

/** The periods that are due, oldest first. Without a beginning, a schedule begins with the last period that is over. */
export function duePeriods(
  kind: PeriodKind,
  { until, first }: Beginning,
  now: number,
): readonly Period[] {
  return periodsOver(kind, until ?? first ?? lastPeriod(kind, now).since, now);
}

/** When the next period is over, if none is due. */
export function nextDue(kind: PeriodKind, { until, first }: Beginning, now: number): number {
  return periodAt(kind, until ?? first ?? now).until;
}

/** The instant of `--first`: of a day, or of the beginning of another period. Throws a HuntError if it is none. */
export function readFirst(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const period = periodNamed(text);
  if (period !== undefined) return period.since;
  throw new HuntError(
    'USAGE',
    `--first ${JSON.stringify(text)} is no day: write the first day to report, such as 2026-10-01`,
  );
}

/** The instant of `--now`. Throws a HuntError if it is none. */
export function readNow(text: string | undefined, clock: number): number {
  if (text === undefined) return clock;
  const now = periodNamed(text)?.since ?? readInstant(text);
  if (now !== undefined) return now;
  throw new HuntError(
    'USAGE',
    `--now ${JSON.stringify(text)} is no time: write 2026-10-09T02:00:00Z, or a day for its beginning (UTC)`,
  );
}
