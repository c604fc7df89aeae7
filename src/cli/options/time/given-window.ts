/** The window that a command line, or else the configuration, asks for: two times, or a whole period. */
import {
  lastPeriod,
  PERIOD_KINDS,
  periodNamed,
  type Period,
} from '../../../cloudtrail/time/period.js';
import type { Window } from '../../../cloudtrail/time/window.js';
import { HuntError } from '../../../errors.js';
import type { Config } from '../hunt-yml/config.js';
import { readWindow } from './window.js';
import { writtenTime } from '../written-settings.js';

/** `--period`, `--since` and `--until`, as given. */
export interface GivenTimes {
  readonly period?: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/**
 * The period that `--period` names: `day`, `week` and `month` are the last ones that are over. Undefined where it is not given.
 * Throws a HuntError if it names none.
 */
export function givenPeriod(text: string | undefined, now: number): Period | undefined {
  if (text === undefined) return undefined;
  const kind = PERIOD_KINDS.find((one) => one === text);
  const period = kind === undefined ? periodNamed(text) : lastPeriod(kind, now);
  if (period !== undefined) return period;
  throw new HuntError(
    'USAGE',
    `--period ${JSON.stringify(text)} is no period: write day, week or month, for the last one that is over, or 2026-10-08, 2026-W41 or 2026-10`,
  );
}

/** The window of the hunt. `--period` wins over the times of the configuration. Throws a HuntError if a text is wrong. */
export function givenWindow(
  { period: named, since, until }: GivenTimes,
  config: Config | undefined,
  now: number,
): Window {
  const period = givenPeriod(named, now);
  if (period === undefined)
    return readWindow(
      writtenTime('since', since, config),
      writtenTime('until', until, config),
      now,
    );
  if (since !== undefined || until !== undefined)
    throw new HuntError('USAGE', '--period is a window: leave --since and --until out');
  return { since: period.since, until: period.until };
}
