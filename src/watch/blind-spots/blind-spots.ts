/** When logs were switched off or narrowed in the window, by whom, and what could not be seen meanwhile. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { BlindSpot, Evidence } from '../../report/completeness/completeness.js';
import { keyId } from '../facts/causes.js';
import type { WatchedLogs } from '../watched-events.js';
import type { Watched } from '../watched.js';
import { BucketSpots } from './buckets.js';
import { hasRecordsBetween, type AccountRecords } from './records.js';
import type { Spot } from './spots.js';
import { StoreSpots } from './stores.js';
import { TrailSpots } from './trails.js';
import { pushTo } from '../../memory/grouped.js';

const MOST = 1000;
/** A trail writes for a moment what happened before it was stopped. */
const GRACE = 5 * 60_000;

export interface KnownLogs {
  /** Buckets of which logs are read. */
  readonly buckets: readonly string[];
  /** The records in the window, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
}

export function blindSpotsIn(
  { events, deliveries }: WatchedLogs,
  known: KnownLogs,
): Pick<Evidence, 'blindSpots' | 'moreBlindSpots'> {
  const read = new Set([...known.buckets, ...deliveries.map(({ bucket }) => bucket)]);
  const { buckets, keys } = placesOfLogs(events, read);
  const makers = [new TrailSpots(read), new StoreSpots(), new BucketSpots(buckets, keys)];
  for (const event of events) for (const maker of makers) maker.add(event);
  const instants = instantsByAccount(events);
  const spots = makers
    .flatMap((maker) => maker.all())
    .filter((spot) => !isDisproved(spot, known, instants.get(spot.account) ?? []))
    .map((spot) => toBlindSpot(spot, known, instants.get(spot.account) ?? []))
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

/** Whether records right before the end of a spot show that there was none. */
function isDisproved(
  { mayBeNone, account, end }: Spot,
  { accounts }: KnownLogs,
  instants: readonly number[],
): boolean {
  if (mayBeNone !== true || end === undefined) return false;
  const before = { from: (Math.floor(end.at / HOUR) - 1) * HOUR - 1, to: end.at };
  return hasRecordsBetween(recordsOf(accounts, account), before, instants) === true;
}

function recordsOf(accounts: KnownLogs['accounts'], account: string | null): AccountRecords {
  return accounts.get(account) ?? { first: undefined, last: undefined, hours: [] };
}

function toBlindSpot(
  { cause, account, region, target, begin, end, unseen }: Spot,
  { accounts }: KnownLogs,
  instants: readonly number[],
): BlindSpot {
  const between = {
    from: begin === undefined ? -Infinity : begin.at + GRACE,
    to: end?.at ?? Infinity,
  };
  return {
    cause,
    account,
    region,
    target,
    since: begin === undefined ? null : formatInstant(begin.at),
    until: end === undefined ? null : formatInstant(end.at),
    by: begin?.by ?? null,
    undoneBy: end?.by ?? null,
    unseen,
    hasRecords: hasRecords(account, between, { accounts, instants }),
  };
}

/** Null where it is not known. */
function hasRecords(
  account: string | null,
  between: Parameters<typeof hasRecordsBetween>[1],
  { accounts, instants }: Pick<KnownLogs, 'accounts'> & { readonly instants: readonly number[] },
): boolean | null {
  const own = hasRecordsBetween(recordsOf(accounts, account), between, instants);
  if (account === null || accounts.has(account)) return own;
  // If no record names this account, a record that names no account may belong to it.
  const isNone = hasRecordsBetween(recordsOf(accounts, null), between, []) === false;
  return own === false && !isNone ? null : own;
}

function inOrder(a: BlindSpot, b: BlindSpot): number {
  return (
    byCodePoint(a.since ?? '', b.since ?? '') ||
    byCodePoint(a.until ?? '~', b.until ?? '~') ||
    byCodePoint(a.cause, b.cause) ||
    byCodePoint(JSON.stringify(a), JSON.stringify(b))
  );
}
