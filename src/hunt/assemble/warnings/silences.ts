/**
 * Warns of accounts and regions that stop, begin late or pause in the window for far longer than they usually do
 * (`coverage/usual.ts`). What has few records is never judged.
 */
import { hoursIn, type HourSpan } from '../../../cloudtrail/time/hour-span.js';
import { formatInstant } from '../../../cloudtrail/time/time.js';
import { HOUR } from '../../../cloudtrail/time/window.js';
import { accountName } from '../../../report/completeness/scope.js';
import type { Warning } from '../../../report/report.js';
import type { AccountCoverage, Scope } from '../coverage/coverage.js';
import { FEWEST_HOURS, habitIn, type Silence } from '../coverage/usual.js';
import { warn } from '../../../report/warn.js';

/** In hours. CloudTrail delivers within minutes, and a file covers at most a few. */
const SHORTEST = 6;
const MOST_WARNINGS = 50;

/** What the hunt looked at, in whole hours. */
export interface AskedFor {
  /** The window, or the span of the logs where it is open. */
  readonly whole: HourSpan;
  /** The hours in which any account has a record, also those that are not judged. */
  readonly hours: readonly HourSpan[];
  /** Files with events from this instant on may still arrive; Infinity where all of them have. */
  readonly stillFilling: number;
  /** When all accounts are silent together, and the report says so already. */
  readonly known: readonly HourSpan[];
  /** Names of accounts by ID, from hunt.yml. */
  readonly names: ReadonlyMap<string, string>;
}

/** Warnings about the silences of accounts, and of regions while their account has records. */
export function silenceWarnings(
  accounts: readonly AccountCoverage[],
  asked: AskedFor,
): readonly Warning[] {
  const silent = accounts.map((account) => ({
    account,
    own: silencesIn(account.hours, asked.whole, FEWEST_HOURS.account).filter(
      (silence) => !mayBeFilled(silence, asked) && isBeyond(silence, asked.known),
    ),
  }));
  const shared = silent.length < 2 ? [] : sharedBy(silent.map(({ own }) => own));
  const warning = (name: string, silence: Silence): Warning => warningOf(name, silence, asked);
  const nameOf = ({ name }: AccountCoverage): string => accountName(`${name}`, asked.names);
  const warnings = [
    ...shared.map((silence) => warning('every account', silence)),
    ...silent.flatMap(({ account, own }) => [
      ...own
        .filter((silence) => !shared.some((other) => isSame(silence, other)))
        .map((silence) => warning(nameOf(account), silence)),
      ...account.regions.flatMap((region) =>
        regionSilences(account, region, [...own, ...asked.known]).map((silence) =>
          warning(`${region.name} of ${nameOf(account)}`, silence),
        ),
      ),
    ]),
  ];
  const more = warnings.length - MOST_WARNINGS;
  return [
    ...warnings.slice(0, MOST_WARNINGS),
    ...(more > 0
      ? [warn('COVERAGE_GAP', `${more} more accounts or regions stop, begin late or pause`)]
      : []),
  ];
}

export function warningOf(
  name: string,
  silence: Silence,
  { hours }: Pick<AskedFor, 'hours'>,
): Warning {
  const warning = warn('COVERAGE_GAP', messageOf(name, silence));
  const { since, until } = silence;
  const isOfAll = hours.every((span) => span.until <= since || span.since >= until);
  return isOfAll
    ? { ...warning, silent: { since: formatInstant(since), until: formatInstant(until) } }
    : warning;
}

/** The silences that are in every list: one gap in the logs, and not one of each account. */
function sharedBy([first, ...others]: readonly (readonly Silence[])[]): readonly Silence[] {
  return (first ?? []).filter((silence) =>
    others.every((list) => list.some((other) => isSame(silence, other))),
  );
}

function isSame(a: Silence, b: Silence): boolean {
  return a.kind === b.kind && a.since === b.since && a.until === b.until;
}

/** Whether the account is silent at the end together with all others, so that its files may only be late. */
function mayBeFilled({ kind, since }: Silence, asked: AskedFor): boolean {
  const lastHour = asked.hours.at(-1)?.until ?? -Infinity;
  const isAlone = lastHour - since >= SHORTEST * HOUR;
  return kind === 'stops' && !isAlone && since >= asked.stillFilling;
}

/** The account goes on, so only its hours count, and not those in which it is silent itself. */
function regionSilences(
  account: AccountCoverage,
  region: Scope,
  known: readonly HourSpan[],
): readonly Silence[] {
  const since = account.hours[0]?.since;
  const until = account.hours.at(-1)?.until;
  if (since === undefined || until === undefined || region.name === null) return [];
  const whole = { since, until };
  return silencesIn(region.hours, whole, FEWEST_HOURS.region).filter((silence) =>
    isBeyond(silence, known),
  );
}

/** Whether a silence says more than each of the others, which are known already. */
function isBeyond(silence: HourSpan, known: readonly HourSpan[]): boolean {
  return known.every((other) => {
    const since = Math.max(silence.since, other.since);
    const until = Math.min(silence.until, other.until);
    const common = until > since ? hoursIn([{ since, until }]) : 0;
    return hoursIn([silence]) - common >= SHORTEST;
  });
}

/** The silences that are also long where nights and weekends count. The others are in the coverage of the report alone. */
export function silencesIn(
  hours: readonly HourSpan[],
  whole: HourSpan,
  fewestHours: number,
): readonly Silence[] {
  return (habitIn(hours, whole, fewestHours)?.silences ?? []).filter(({ isLong }) => isLong);
}

function messageOf(name: string, { kind, since, until }: Silence): string {
  const span = `no records from ${formatInstant(since)} to ${formatInstant(until)}`;
  switch (kind) {
    case 'begins':
      return `${name} begins late: ${span}`;
    case 'pauses':
      return `${name} pauses: ${span}`;
    case 'stops':
      return `${name} stops: ${span}`;
    default:
      return kind satisfies never;
  }
}
