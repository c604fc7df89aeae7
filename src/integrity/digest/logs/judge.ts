/** Compares the log files that are here with what digests say of them. */
import { bucketFolders } from '../../../cloudtrail/file-name/bucket-folders.js';
import { DAY, HOUR } from '../../../cloudtrail/time/window.js';
import type { DigestStatus } from '../verify/judge.js';
import { isWrong } from '../verify/judge.js';
import { datedLog, type DatedLog } from '../read/names.js';
import type { LogBook, LogClaim, LogCopy, LogEntry } from './book.js';
import { scopeOf } from './coverage.js';

/** What is to be said of one log file. */
export interface WrongLog {
  readonly kind: 'log altered' | 'log missing' | 'log unreadable';
  readonly entry: LogEntry;
  /** Undefined of a missing file. */
  readonly copy: LogCopy | undefined;
  /** Undefined where no digest names it. */
  readonly claim: LogClaim | undefined;
  readonly name: DatedLog | undefined;
}

/** A log file that no sound digest names. */
export interface UnclaimedLog {
  readonly entry: LogEntry;
  readonly copy: LogCopy;
  readonly name: DatedLog | undefined;
  /** Whether a digest names it that is altered itself. */
  readonly isOfWrong: boolean;
}

export interface JudgedLogs {
  readonly intact: number;
  readonly unproven: number;
  readonly findings: readonly WrongLog[];
  readonly unclaimed: readonly UnclaimedLog[];
  /** What is known of the named files of each account and region. */
  readonly scopes: ReadonlyMap<string, NamedScope>;
}

/** The log files of an account and region that digests name and that are here. */
export interface NamedScope {
  logs: number;
  /** The folders above the account; undefined in a flat copy. */
  readonly roots: Set<string | undefined>;
  /** The hours of their names. */
  readonly hours: Set<number>;
  /** See `LogName.kind`. */
  readonly kinds: Set<string>;
}

export interface LogSettings {
  readonly statusOf: (digest: string) => DigestStatus | undefined;
  /** Whether the copy begins with this digest, and goes back no further than its day. */
  readonly isFirstOfCopy: (digest: string) => boolean;
  readonly isExpected: (key: string) => boolean;
  readonly isInWindow: (oldest: number, newest: number) => boolean;
  /** Whether the digest of this time has arrived, if there is one. */
  readonly isSettled: (time: number) => boolean;
  /** The time of a digest, for a log file whose times it does not say. */
  readonly timeOf: (digest: string) => { readonly since: number; readonly until: number };
}

/** Counts the log files that are as their digests say, and lists those that are altered, missing, unreadable or in no digest. */
export function judgeLogs(book: LogBook, settings: LogSettings): JudgedLogs {
  const findings: WrongLog[] = [];
  const unclaimed: UnclaimedLog[] = [];
  const scopes = new Map<string, NamedScope>();
  const days = daysHere(book);
  let [intact, unproven] = [0, 0];
  for (const entry of book.entries()) {
    const { best, isProof } = bestClaims(entry.claims, settings);
    const name = datedLog(entry.name);
    const [claim] = best;
    if (claim === undefined) {
      const isOfWrong = entry.claims.length > 0;
      for (const copy of entry.copies) {
        if (name !== undefined && !isToSay(name, settings)) continue;
        if (copy.hash === undefined)
          findings.push({ kind: 'log unreadable', entry, copy, claim, name });
        else unclaimed.push({ entry, copy, name, isOfWrong });
      }
      continue;
    }
    if (!isClaimInWindow(claim, settings)) continue;
    const isRight = ({ hash }: LogCopy): boolean => best.some((one) => one.hash === hash);
    if (entry.copies.length === 0 && isMissed(entry, { claim, name, days }, settings))
      findings.push({ kind: 'log missing', entry, copy: undefined, claim, name });
    if (entry.copies.some(isRight)) {
      if (isProof) intact++;
      else unproven++;
    }
    for (const copy of entry.copies)
      if (!isRight(copy)) {
        const kind = copy.hash === undefined ? 'log unreadable' : 'log altered';
        findings.push({ kind, entry, copy, claim, name });
      }
    if (name !== undefined) note(scopes, name, entry);
  }
  return { intact, unproven, findings, unclaimed, scopes };
}

function isToSay({ time }: DatedLog, { isInWindow, isSettled }: LogSettings): boolean {
  return isInWindow(time, time) && isSettled(time);
}

/** What the soundest digests say of the file; what altered digests say counts for nothing. */
export function bestClaims<Claim extends Pick<LogClaim, 'by'>>(
  claims: readonly Claim[],
  { statusOf }: Pick<LogSettings, 'statusOf'>,
): { readonly best: readonly Claim[]; readonly isProof: boolean } {
  const proven = claims.filter(({ by }) => statusOf(by) === 'verified');
  if (proven.length > 0) return { best: proven, isProof: true };
  return { best: claims.filter(({ by }) => !isWrong(statusOf(by))), isProof: false };
}

function isClaimInWindow(
  { by, oldest, newest }: LogClaim,
  { isInWindow, timeOf }: LogSettings,
): boolean {
  const { since, until } = timeOf(by);
  return isInWindow(oldest ?? newest ?? since, newest ?? oldest ?? until);
}

/**
 * Whether a file that is not here should be. A copy of some days begins with a digest of log files of the day before, which
 * nobody copied.
 */
function isMissed(
  entry: LogEntry,
  { claim, name, days }: { claim: LogClaim; name: DatedLog | undefined; days: ReadonlySet<string> },
  { isExpected, isFirstOfCopy, timeOf }: LogSettings,
): boolean {
  if (!isExpected(`${claim.folder}${entry.name}${claim.packing}`)) return false;
  if (name === undefined || !isFirstOfCopy(claim.by)) return true;
  return dayOf(name.time) >= dayOf(timeOf(claim.by).until) || days.has(dayKey(name));
}

/** The days of which log files are here. */
function daysHere(book: LogBook): ReadonlySet<string> {
  const days = new Set<string>();
  for (const { name, copies } of book.entries()) {
    const read = copies.length > 0 ? datedLog(name) : undefined;
    if (read !== undefined) days.add(dayKey(read));
  }
  return days;
}

function dayKey(name: DatedLog): string {
  return `${scopeOf(name)} ${dayOf(name.time)}`;
}

function dayOf(instant: number): number {
  return Math.floor(instant / DAY);
}

function note(scopes: Map<string, NamedScope>, name: DatedLog, { copies }: LogEntry): void {
  const [copy] = copies;
  if (copy === undefined) return;
  const key = scopeOf(name);
  const scope = scopes.get(key) ?? {
    logs: 0,
    roots: new Set(),
    hours: new Set(),
    kinds: new Set(),
  };
  scopes.set(key, scope);
  scope.logs++;
  scope.kinds.add(name.kind);
  for (const { folder } of copies) scope.roots.add(bucketFolders(folder)?.root);
  scope.hours.add(hourOf(name.time));
}

/** The hour of an instant in milliseconds, counted since 1970 UTC. */
export function hourOf(instant: number): number {
  return Math.floor(instant / HOUR);
}
