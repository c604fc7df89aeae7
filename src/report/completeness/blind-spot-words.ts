/** When logs were switched off or narrowed, in short sentences. */
import { minuteText } from '../../cloudtrail/time/time.js';
import type { BlindSpot, BlindSpotCause, Completeness } from './completeness.js';
import type { ReportScope } from './scope.js';
import { accountName } from './scope.js';
import { minutesOf, nameText, namesText } from './words.js';

/** The report has the others. */
const ACCOUNTS = 3;

/** What there was, as a state from one instant to another. */
const STATES: Readonly<Record<BlindSpotCause, string>> = {
  'logging stopped': 'logging was switched off',
  'trail deleted': 'the trail was deleted',
  'selectors narrowed': 'less was logged',
  'trail sent elsewhere': 'the trail wrote to another place',
  'trail perhaps sent elsewhere': 'the trail perhaps wrote to another place than before',
  'validation off': 'digests were switched off',
  'fewer regions': 'fewer regions were logged',
  'bucket emptied or expiring': 'the bucket of the logs deletes them',
  'bucket policy changed': "the policy of the logs' bucket was another one",
  'organization trail removed': 'the organization trail was removed',
  'event data store stopped': 'the event data store took no events',
};

/** Causes that leave no log at all, where no other trail writes one. */
const STOPS: ReadonlySet<BlindSpotCause> = new Set<BlindSpotCause>([
  'logging stopped',
  'trail deleted',
  'trail sent elsewhere',
  'trail perhaps sent elsewhere',
  'organization trail removed',
  'event data store stopped',
]);

export function stopsLogs(cause: BlindSpotCause): boolean {
  return STOPS.has(cause);
}

/** Whether nothing was logged meanwhile: logging was off, and the account, or another one of the trail, has no record in between. */
export function isDark({ cause, hasRecords, silentAccounts }: BlindSpot): boolean {
  return STOPS.has(cause) && (hasRecords === false || silentAccounts.length > 0);
}

/** `logging was switched off 2026-03-01 12:04Z to 12:31Z by dana (StopLogging main), in prod (112233445566)` */
export function blindSpotText(spot: BlindSpot, scope: ReportScope): string {
  const { cause, target, since, until, by } = spot;
  const call = [by?.eventName, target].flatMap((name) => (name ? [nameText(name)] : [])).join(' ');
  const who = by === null ? '' : ` by ${nameText(by.actor)} (${call})`;
  return `${STATES[cause]} ${timeText(since, until)}${who}${placeText(spot, scope)}`;
}

/** The accounts of which nothing was logged; where there is none, that of the trail. */
function placeText(spot: BlindSpot, { names, records }: ReportScope): string {
  const { account, silentAccounts, moreSilentAccounts } = spot;
  const isOwnOnly = silentAccounts.every((silent) => silent === account);
  const ids =
    isDark(spot) && !isOwnOnly
      ? silentAccounts
      : account === null || records.size < 2
        ? []
        : [account];
  if (ids.length === 0) return '';
  const more = isOwnOnly ? 0 : moreSilentAccounts;
  return `, in ${namesText(
    ids.map((id) => accountName(id, names)),
    ACCOUNTS,
    more,
  )}`;
}

function timeText(since: string | null, until: string | null): string {
  if (since === null) return until === null ? 'all the time' : `until ${minuteText(until)}`;
  return until === null ? `from ${minuteText(since)} on` : minutesOf(since, until);
}

/** First those in which nothing was logged. */
export function darkFirst({ blindSpots }: Pick<Completeness, 'blindSpots'>): readonly BlindSpot[] {
  return [...blindSpots.filter(isDark), ...blindSpots.filter((spot) => !isDark(spot))];
}
