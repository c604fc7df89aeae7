/** Log files that somebody deleted: what their names say, and whether a copy of them is among the files of a hunt. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import { digestNameOf } from '../../cloudtrail/file-name/digest-name.js';
import { logNameOf } from '../../cloudtrail/file-name/log-name.js';
import { instantOf } from '../../cloudtrail/file-name/stamp.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { DAY, HOUR, midnight, type Window } from '../../cloudtrail/time/window.js';
import type { DeletedFile, DeletedFiles } from '../../report/completeness/completeness.js';
import type { HuntedFiles } from '../deliveries/deliveries.js';
import type { AccountRecords } from './records.js';

const MOST = 100;

interface FileName {
  /** Without folders and packing. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970 UTC. */
  readonly time: number | undefined;
  readonly isDigest: boolean;
  readonly organization: string | undefined;
}

/** What was hunted. */
export interface HuntedSpan {
  readonly files: HuntedFiles;
  readonly window: Window;
  /** All records that were read, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
}

/** Says of deleted files which are missing from the logs of a hunt. The paths are read only if a file was deleted. */
export class DeletedNames {
  readonly #hunted: HuntedSpan;
  #known: Places | undefined;

  constructor(hunted: HuntedSpan) {
    this.#hunted = hunted;
  }

  filesOf(keys: readonly string[]): DeletedFiles {
    const files = [...new Set(keys)].map((key) => this.#fileOf(key));
    const missing = files.filter(({ state }) => state === 'missing');
    const digests = files.filter(({ isDigest }) => isDigest).length;
    return {
      logs: files.length - digests,
      digests,
      missing: missing.length,
      files: [
        ...missing.toSorted(inOrder),
        ...files.filter(({ state }) => state !== 'missing').toSorted(inOrder),
      ].slice(0, MOST),
    };
  }

  #fileOf(key: string): DeletedFile {
    const name = nameOf(key);
    const time = name?.time;
    return {
      key,
      isDigest: key.includes('/CloudTrail-Digest/'),
      account: name?.account ?? null,
      region: name?.region ?? null,
      time: time === undefined ? null : formatInstant(time),
      state: name === undefined ? 'unknown' : this.#stateOf(name),
    };
  }

  /** A file of which no copy is here is missing only from the logs that were hunted. */
  #stateOf(name: FileName): DeletedFile['state'] {
    this.#known ??= placesOf(this.#hunted.files);
    if (this.#known.ids.has(name.id)) return 'here';
    const part = this.#partOf(name, this.#known);
    const { time } = name;
    if (part === undefined || time === undefined) return 'elsewhere';
    const { since, until } = part;
    if (time < since || time >= until) return 'elsewhere';
    // Whether a digest is missing, hunt verify says.
    return part.isCopied && !name.isDigest ? 'missing' : 'unknown';
  }

  /** The time of which files of this account and region were hunted, and whether as a copy of its folder. Undefined for none. */
  #partOf({ account, region, organization }: FileName, known: Places) {
    const { window, accounts } = this.#hunted;
    const { firsts, last, regions, named } = known;
    // CloudTrail delivers an event within minutes.
    const end = window.until === undefined ? undefined : window.until + HOUR;
    const owners = organization === undefined ? [account] : [account, organization];
    const first = owners
      .flatMap((owner) => [placeOf(owner, region), owner])
      .map((place) => firsts.get(place))
      .find((at) => at !== undefined);
    if (first !== undefined && regions.has(region))
      return {
        isCopied: true,
        // Where the window is open, old files that were cleaned up are older than what was copied.
        since: window.since ?? midnight(first),
        until: end ?? midnight(last) + DAY,
      };
    const records = accounts.get(account);
    // One file of many records, and files that were named one by one, do not say which others there are.
    const mayHaveIt =
      firsts.size + named.size === 0 ||
      named.has(placeOf(account, region)) ||
      (records !== undefined && !firsts.has(account));
    if (!mayHaveIt) return undefined;
    return {
      isCopied: false,
      since: window.since ?? midnight(records?.first ?? -Infinity),
      until: end ?? Infinity,
    };
  }
}

type Places = ReturnType<typeof placesOf>;

function placesOf(files: HuntedFiles) {
  const ids = new Set<string>();
  /** Accounts and regions of files that were named one by one. */
  const named = new Set<string>();
  const regions = new Set<string>();
  /** The first file of accounts and organizations, and of each of their regions. */
  const firsts = new Map<string, number>();
  /** The last file of all. All later ones of one place may be deleted. */
  let last = -Infinity;
  for (const path of files.paths) {
    const name = nameOf(path);
    if (name === undefined) continue;
    ids.add(name.id);
    const { account, organization, region, time } = name;
    if (name.isDigest || time === undefined) continue;
    // That others of its folder are not among the named files says nothing.
    if (files.named.has(path)) {
      named.add(placeOf(account, region));
      continue;
    }
    regions.add(region);
    last = Math.max(last, time);
    for (const owner of organization === undefined ? [account] : [account, organization])
      for (const place of [owner, placeOf(owner, region)])
        firsts.set(place, Math.min(time, firsts.get(place) ?? Infinity));
  }
  return { ids, regions, named, firsts, last };
}

function placeOf(owner: string, region: string): string {
  return `${owner} ${region}`;
}

/** Undefined also for a file of Insights: its deletion is not looked for. */
function nameOf(path: string): FileName | undefined {
  const log = logNameOf(path);
  const digest = digestNameOf(path);
  const name = log?.kind === '' ? log : digest;
  if (name === undefined) return undefined;
  const { id, account, region } = name;
  return {
    id,
    account,
    region,
    time: log === undefined ? digest?.end : instantOf(log.stamp),
    isDigest: log === undefined,
    organization: bucketFolders(path)?.organization,
  };
}

function inOrder(a: DeletedFile, b: DeletedFile): number {
  return byCodePoint(a.time ?? '', b.time ?? '') || byCodePoint(a.key, b.key);
}
