/** Which files may hold records for a hunt, by their paths alone. Used for local files, S3 objects and archive members. */
import { ALL_DAYS, partitionDays, type DaySpan } from '../../cloudtrail/time/day-span.js';
import { DAY, HOUR, type Window } from '../../cloudtrail/time/window.js';
import { digestEnds, type TimeSpan } from '../digest/names.js';
import { accountAndRegionOf, classifyName, dayOf } from './names.js';

/** Which files are read: those of these days and, if given, of these accounts and regions. */
export interface PathFilter extends DaySpan {
  readonly accountsAndRegions?: AccountsAndRegions | undefined;
  /** Digests that end in this time are read; undefined where digests are not read. */
  readonly digests?: TimeSpan | undefined;
}

/** Undefined: any. */
export interface AccountsAndRegions {
  readonly accounts: ReadonlySet<string> | undefined;
  readonly regions: ReadonlySet<string> | undefined;
}

/** Why a file is skipped whose path names a day that the window does not need. */
export const OUTSIDE_WINDOW = 'outside the window';

export interface PathFilterOptions {
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** False reads the files of all days, accounts and regions. True is the default. */
  readonly prune?: boolean | undefined;
  /** If given, files whose paths name another account or region are not read. */
  readonly accountsAndRegions?: AccountsAndRegions | undefined;
  /** See `DumpRequest.verify`. */
  readonly verify?: Verification | undefined;
}

/**
 * Whether digests and hashes of logs are gathered: beside the records, or alone, without a look at any record. Undefined for
 * neither.
 */
export type Verification = 'beside records' | 'alone';

/** A digest tells of the logs of an hour, and the next one has its signature. */
const DIGESTS_AFTER = 2 * HOUR;

/** The days, accounts and regions whose files are read. With `prune: false` it limits nothing. */
export function pathFilter(options: PathFilterOptions): PathFilter {
  const { window, late, prune, accountsAndRegions, verify } = options;
  const days = prune === false ? ALL_DAYS : partitionDays(window, late);
  const digests = verify && digestsOf(days);
  if (prune === false) return { ...days, digests };
  return { first: days.first, last: days.last, accountsAndRegions, digests };
}

/** The digests that tell of the logs of these days. */
function digestsOf({ first, last }: DaySpan): TimeSpan {
  return { since: first, until: last + DAY + DIGESTS_AFTER };
}

/** Why a file found in a folder or an archive is not read; undefined if it is. `size` is called only if it matters. */
export function reasonToSkip(
  path: string,
  size: () => number,
  filter: PathFilter,
): string | undefined {
  const kind = classifyName(path);
  if (kind === 'AppleDouble') return kind;
  // The S3 console makes an empty object for each folder created in it; tools that copy a bucket make a file of it.
  if (kind === 'unknown' && size() === 0) return 'folder marker';
  return outsideDays(path, filter) ?? outsideAccountsAndRegions(path, filter.accountsAndRegions);
}

/** Why a file that the user named is not read: only its day matters. Undefined if it is read. */
export function outsideDays(
  path: string,
  { first, last, digests }: Omit<PathFilter, 'accountsAndRegions'>,
): string | undefined {
  const ends = digests && digestEnds(path);
  if (digests && ends)
    return ends.since > digests.until || ends.until < digests.since ? OUTSIDE_WINDOW : undefined;
  const day = dayOf(path);
  // A file whose path names no day may have records of any day.
  return day === undefined || (day >= first && day <= last) ? undefined : OUTSIDE_WINDOW;
}

function outsideAccountsAndRegions(
  path: string,
  wanted: AccountsAndRegions | undefined,
): string | undefined {
  const named = wanted && accountAndRegionOf(path);
  if (named === undefined) return undefined;
  if (wanted?.accounts?.has(named.account) === false) return 'of an account that no rule asks for';
  return wanted?.regions?.has(named.region) === false
    ? 'of a region that no rule asks for'
    : undefined;
}
