/**
 * Finds accounts and regions that stop, begin late or pause in the window. A log is never even, so a silence counts only where it
 * is far longer than the pauses that the same account or region usually makes. What has few records is never judged.
 */
import { gapsIn, hoursIn, type HourSpan } from '../../cloudtrail/time/hour-span.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { Warning } from '../../report/report.js';
import type { AccountScope, Scope } from './coverage.js';
import { warn } from './warnings.js';

/** In hours. CloudTrail delivers within minutes, and a file covers at most a few. */
const SHORTEST = 6;
/** A silence is so many times as long as nearly all other pauses. Nights and weekends are not. */
const FACTOR = 6;
/** Of all pauses, this part is usual. */
const USUAL = 0.95;
/** With fewer hours that have a record, nothing is usual. */
const FEWEST_HOURS = { account: 8, region: 24 };
/** The records must reach over at least this part of the span: what was busy for one day in a month did not stop. */
const SMALLEST_PART = 0.25;
/** In hours. An account or region that usually pauses for longer is not busy every day. */
const LONGEST_USUAL = 24;
const MOST_WARNINGS = 50;

export interface Silence extends HourSpan {
  readonly kind: 'begins' | 'pauses' | 'stops';
}

/** What the hunt looked at, in whole hours. */
export interface AskedFor {
  /** The window, or the span of the logs where it is open. */
  readonly whole: HourSpan;
  /** The end of the last hour in which any account has a record. */
  readonly lastHour: number;
  /** Files with events from this instant on may still arrive; Infinity where all of them have. */
  readonly stillFilling: number;
  /** When all accounts are silent together, and the report says so already. */
  readonly known: readonly HourSpan[];
}

/** Warnings about the silences of accounts, and of regions while their account has records. */
export function silenceWarnings(
  accounts: readonly AccountScope[],
  asked: AskedFor,
): readonly Warning[] {
  const silent = accounts.map((account) => ({
    account,
    own: silencesIn(account.hours, asked.whole, FEWEST_HOURS.account).filter(
      (silence) => !mayBeFilled(silence, asked) && isBeyond(silence, asked.known),
    ),
  }));
  const shared = silent.length < 2 ? [] : sharedBy(silent.map(({ own }) => own));
  const messages = [
    ...shared.map((silence) => messageOf('every account', silence)),
    ...silent.flatMap(({ account, own }) => [
      ...own
        .filter((silence) => !shared.some((other) => isSame(silence, other)))
        .map((silence) => messageOf(`${account.name}`, silence)),
      ...account.regions.flatMap((region) =>
        regionMessages(account, region, [...own, ...asked.known]),
      ),
    ]),
  ];
  const more = messages.length - MOST_WARNINGS;
  return [
    ...messages.slice(0, MOST_WARNINGS),
    ...(more > 0 ? [`${more} more accounts or regions stop, begin late or pause`] : []),
  ].map((message) => warn('COVERAGE_GAP', message));
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
  const isAlone = asked.lastHour - since >= SHORTEST * HOUR;
  return kind === 'stops' && !isAlone && since >= asked.stillFilling;
}

/** The account goes on, so only its hours count, and not those in which it is silent itself. */
function regionMessages(
  account: AccountScope,
  region: Scope,
  known: readonly HourSpan[],
): readonly string[] {
  const since = account.hours[0]?.since;
  const until = account.hours.at(-1)?.until;
  if (since === undefined || until === undefined || region.name === null) return [];
  const whole = { since, until };
  return silencesIn(region.hours, whole, FEWEST_HOURS.region)
    .filter((silence) => isBeyond(silence, known))
    .map((silence) => messageOf(`${region.name} of ${account.name}`, silence));
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

/** The silences in a whole. The spans with records are in order. */
export function silencesIn(
  hours: readonly HourSpan[],
  whole: HourSpan,
  fewestHours: number,
): readonly Silence[] {
  const first = hours[0];
  const last = hours.at(-1);
  const covered = hoursIn(hours);
  if (first === undefined || last === undefined || covered < fewestHours) return [];
  if (last.until - first.since < SMALLEST_PART * (whole.until - whole.since)) return [];
  const pauses = gapsIn(hours, { since: first.since, until: last.until });
  const usual = usualPause(pauses, covered);
  if (usual > LONGEST_USUAL) return [];
  const least = Math.max(SHORTEST, FACTOR * (usual + 1));
  const silences: readonly Silence[] = [
    { kind: 'begins', since: whole.since, until: first.since },
    ...pauses.map((pause) => ({ ...pause, kind: 'pauses' as const })),
    { kind: 'stops', since: last.until, until: whole.until },
  ];
  return silences.filter((silence) => hoursIn([silence]) >= least);
}

/** The pause, in hours, that nearly no hour with a record has a longer one after it. */
function usualPause(pauses: readonly HourSpan[], covered: number): number {
  const longest = pauses.map((pause) => hoursIn([pause])).toSorted((a, b) => b - a);
  return longest[Math.floor((1 - USUAL) * covered)] ?? 0;
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
