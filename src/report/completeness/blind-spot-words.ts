/** When logs were switched off or narrowed, in short sentences. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { counted } from '../../text/counted.js';
import type { BlindSpot, BlindSpotCause, Completeness, DeletedFiles } from './completeness.js';
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
  'old versions not kept': 'old versions of log files are not kept',
  'log files deleted': 'log files were deleted',
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

/** Whether log files were perhaps not written, or may be lost. Where only their old versions are, they are still there. */
export function isNarrowed(spot: BlindSpot): boolean {
  return !isDark(spot) && !hasLostFiles(spot) && spot.cause !== 'old versions not kept';
}

/** `logging was switched off 2026-03-01 12:04Z to 12:31Z by dana (StopLogging main), in prod (112233445566)` */
export function blindSpotText(spot: BlindSpot, scope: ReportScope): string {
  const deletion = deletionOf(spot);
  if (deletion !== undefined) return `${deletion.what}${placeText(spot, scope)}${deletion.after}`;
  const { cause, target, since, until, by } = spot;
  const call = [by?.eventName, target].flatMap((name) => (name ? [nameText(name)] : [])).join(' ');
  const who = by === null ? '' : ` by ${nameText(by.actor)} (${call})`;
  const state = spot.deleted === null ? STATES[cause] : deletedText(spot.deleted, scope);
  return `${state} ${timeText(since, until)}${who}${placeText(spot, scope)}`;
}

interface Deletion {
  readonly what: string;
  readonly after: string;
}

/** Somebody deleted a whole trail or bucket: a deed, of which no state need be inferred. */
function deletionOf({ cause, target, since, until, by }: BlindSpot): Deletion | undefined {
  if (by === null || target === null || since === null) return undefined;
  const deleted = (what: string): string =>
    `${nameText(by.actor)} deleted ${what} ${nameText(target)}`;
  const at = ` at ${since.slice(0, 19).replace('T', ' ')}Z`;
  if (cause === 'trail deleted')
    return {
      what: `${deleted('trail')}${at}`,
      after:
        until === null
          ? ': it logs nothing after that'
          : `: it logged nothing until ${minuteText(until)}`,
    };
  return cause === 'bucket emptied or expiring' && by.eventName === 'DeleteBucket'
    ? { what: `${deleted('bucket')}, which held log files,${at}`, after: '' }
    : undefined;
}

/** `2 missing log files of prod (112233445566) were deleted`; all where none is missing. */
function deletedText(
  { logs, digests, missing, files }: DeletedFiles,
  { names }: ReportScope,
): string {
  const isLost = missing > 0;
  const shown = files.filter(({ state }) => !isLost || state === 'missing');
  const ids = [...new Set(shown.flatMap(({ account }) => account ?? []))];
  const owners = ids.map((id) => accountName(id, names));
  const count = isLost ? missing : logs;
  const what = [
    ...(count > 0 ? [counted(count, isLost ? 'missing log file' : 'log file')] : []),
    ...(digests > 0 && !isLost ? [counted(digests, 'digest')] : []),
  ].join(' and ');
  const were = count + (isLost ? 0 : digests) === 1 ? 'was' : 'were';
  return `${what}${owners.length === 0 ? '' : ` of ${namesText(owners, ACCOUNTS)}`} ${were} deleted`;
}

/** The accounts of which nothing was logged; where there is none, that of the trail. */
function placeText(spot: BlindSpot, { names, records }: ReportScope): string {
  const { account, silentAccounts, moreSilentAccounts, deleted } = spot;
  if (deleted !== null) return '';
  const isOwnOnly = silentAccounts.every((silent) => silent === account);
  // Nobody asks which account it is where there is no other.
  const isOnlyOne = account === null || [...records.keys()].every((other) => other === account);
  const ids = isDark(spot) && !isOwnOnly ? silentAccounts : isOnlyOne ? [] : [account];
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
  if (until === null) return `from ${minuteText(since)} on`;
  return since === until ? minuteText(since) : minutesOf(since, until);
}

/** Whether log files of the window were deleted that are not among those of the hunt. */
export function hasLostFiles({ deleted }: BlindSpot): boolean {
  return deleted !== null && deleted.missing > 0;
}

/** First those in which nothing was logged, then those in which log files were lost. */
export function darkFirst({ blindSpots }: Pick<Completeness, 'blindSpots'>): readonly BlindSpot[] {
  const rankOf = (spot: BlindSpot): number => (isDark(spot) ? 0 : hasLostFiles(spot) ? 1 : 2);
  return blindSpots.toSorted((a, b) => rankOf(a) - rankOf(b));
}
