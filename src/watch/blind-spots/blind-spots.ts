/**
 * When logs were switched off or narrowed, by whom, and what could not be seen meanwhile. All logs that were read are looked at, and
 * what reaches into the window is said: a trail that was stopped before it is still off.
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import { stopsLogs } from '../../report/completeness/blind-spot-words.js';
import type { BlindSpot, Evidence } from '../../report/completeness/completeness.js';
import type { HuntedFiles } from '../deliveries/deliveries.js';
import { keyId } from '../facts/causes.js';
import type { WatchedLogs } from '../watched-events.js';
import type { Watched } from '../watched.js';
import { BucketSpots } from './buckets.js';
import { DeletedNames } from './deleted-files.js';
import { LogPlaces } from './log-places.js';
import type { AccountRecords } from './records.js';
import { hasRecords, silentOthers, type AccountsKnown } from './silent-accounts.js';
import type { Spot } from './spots.js';
import { StoreSpots } from './stores.js';
import { TrailSpots } from './trails.js';
import { pushTo } from '../../memory/grouped.js';

const MOST = 1000;
const MOST_ACCOUNTS = 100;
/** A trail writes for a moment what happened before it was stopped. */
const GRACE = 5 * 60_000;

export interface KnownLogs {
  /** Buckets of which logs are read. */
  readonly buckets: readonly string[];
  /** None where they are not known, as those of a table. */
  readonly files: HuntedFiles;
  readonly window: Window;
  /** All records that were read, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
}

/** When logging was off, was narrowed or lost files of the window, by the events that did it. In order of time, at most `MOST`. */
export function blindSpotsIn(
  { events, deliveries }: WatchedLogs,
  known: KnownLogs,
): Pick<Evidence, 'blindSpots' | 'moreBlindSpots'> {
  const read = new Set([...known.buckets, ...deliveries.map(({ bucket }) => bucket)]);
  const places = new LogPlaces(function* () {
    yield* known.files.paths;
    for (const { key } of deliveries) yield key;
  });
  const { buckets, keys } = placesOfLogs(events, read);
  const makers = [new TrailSpots(read, places), new StoreSpots(), new BucketSpots(buckets, keys)];
  for (const event of events) for (const maker of makers) maker.add(event);
  const names = new DeletedNames(known);
  const instants = instantsByAccount(events);
  const logs = { accounts: known.accounts, instants, places, names };
  const spots = makers
    .flatMap((maker) => maker.all())
    .filter((spot) => mayReach(spot, known.window, logs))
    .flatMap((spot) => toBlindSpot(spot, logs))
    .toSorted(inOrder);
  return { blindSpots: spots.slice(0, MOST), moreBlindSpots: Math.max(0, spots.length - MOST) };
}

/** The buckets that trails write to, and the keys that they encrypt with. */
function placesOfLogs(events: readonly Watched[], read: ReadonlySet<string>) {
  const buckets = new Set(read);
  const keys = new Set<string>();
  for (const { fact } of events) {
    if (fact.kind === 'trail')
      for (const { bucket, key } of [fact.settings, fact.answered]) {
        if (bucket !== undefined) buckets.add(bucket);
        if (key !== undefined) keys.add(keyId(key));
      }
    if (fact.kind === 'bucket' && fact.state === 'policy for logs') buckets.add(fact.bucket);
    if (fact.kind === 'deletion') buckets.add(fact.bucket);
  }
  // A name is a guess: buckets for queries of logs have such names, too.
  if (buckets.size === 0)
    for (const { fact } of events)
      if (fact.kind === 'bucket' && /cloudtrail/i.test(fact.bucket)) buckets.add(fact.bucket);
  return { buckets, keys };
}

/** A single event may show what counts by the hour do not. */
function instantsByAccount(
  events: readonly Watched[],
): ReadonlyMap<string | null, readonly number[]> {
  const byAccount = new Map<string | null, number[]>();
  for (const { account, at } of events) pushTo(byAccount, account, at);
  return byAccount;
}

/** Whether the spot lies in the window at least in part, as far as that is known; of deleted files, whether one of the window is missing. */
function mayReach(
  spot: Spot,
  { since = -Infinity, until = Infinity }: Window,
  known: AccountsKnown & { readonly names: DeletedNames },
): boolean {
  const { begin, end, account, deleted } = spot;
  if (deleted !== undefined && known.names.filesOf(deleted).missing > 0) return true;
  const over = end?.at ?? spot.until ?? Infinity;
  if (over < since || (begin !== undefined && begin.at >= until)) return false;
  // Of what only its end is known, it had not begun where there are records after the window.
  return begin !== undefined || hasRecords(account, { from: until, to: over }, known) !== true;
}

/** Whether records right before the end of a spot show that there was none. */
function isDisproved(
  { mayBeNone, account, end }: Spot,
  known: Pick<AccountsKnown, 'accounts' | 'instants'>,
): boolean {
  if (mayBeNone !== true || end === undefined) return false;
  const before = { from: (Math.floor(end.at / HOUR) - 1) * HOUR - 1, to: end.at };
  return hasRecords(account, before, known) === true;
}

/** Empty where there was none. */
function toBlindSpot(
  spot: Spot,
  known: AccountsKnown & { readonly names: DeletedNames },
): readonly BlindSpot[] {
  const { cause, account, region, target, begin, end, unseen, reach, deleted } = spot;
  const until = end?.at ?? spot.until;
  const between = {
    from: begin === undefined ? -Infinity : begin.at + GRACE,
    to: until ?? Infinity,
  };
  const hasOwn = hasRecords(account, between, known);
  const others = stopsLogs(cause) ? silentOthers(spot, between, known) : [];
  // Records in the folder of the organization are of the trail that logs the other accounts, too: these were only quiet.
  const areQuiet = account !== null && known.places.isInOrganization(account);
  if ((others.length === 0 || areQuiet) && isDisproved(spot, known)) return [];
  const silent = [...(hasOwn === false && account !== null ? [account] : []), ...others];
  return [
    {
      cause,
      account,
      region,
      target,
      since: begin === undefined ? null : formatInstant(begin.at),
      until: until === undefined ? null : formatInstant(until),
      by: begin?.by ?? null,
      undoneBy: end?.by ?? null,
      unseen:
        others.length > 0 && reach === 'perhaps organization'
          ? `${unseen}; perhaps also those of other accounts of its organization`
          : unseen,
      hasRecords: hasOwn,
      silentAccounts: silent.slice(0, MOST_ACCOUNTS),
      moreSilentAccounts: Math.max(0, silent.length - MOST_ACCOUNTS),
      deleted: deleted === undefined ? null : known.names.filesOf(deleted),
    },
  ];
}

function inOrder(a: BlindSpot, b: BlindSpot): number {
  return (
    byCodePoint(a.since ?? '', b.since ?? '') ||
    byCodePoint(a.until ?? '~', b.until ?? '~') ||
    byCodePoint(a.cause, b.cause) ||
    byCodePoint(JSON.stringify(a), JSON.stringify(b))
  );
}
