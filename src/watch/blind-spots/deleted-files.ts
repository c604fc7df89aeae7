/** Log files that somebody deleted: what their names say, and whether a copy of them is among the files of a hunt. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant, readInstant } from '../../cloudtrail/time/time.js';
import { DAY, HOUR, type Window } from '../../cloudtrail/time/window.js';
import type { DeletedFile, DeletedFiles } from '../../report/completeness/completeness.js';
import type { HuntedFiles } from '../deliveries/deliveries.js';

const MOST = 100;
const NAME =
  /^((\d{12})_CloudTrail(-Digest)?_([a-z0-9-]{1,40})_(?:.{1,250}_)?(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(?:\d\d)?Z[^.]{0,100})\./;
const ORGANIZATION = /(?:^|[/\\])AWSLogs[/\\](o-[a-z0-9]{1,40})[/\\]/;

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
}

/** Says of deleted files which are missing from the logs of a hunt. The paths are read only if a file was deleted. */
export class DeletedNames {
  readonly #hunted: HuntedSpan;
  #known: ReturnType<typeof placesOf> | undefined;

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
      state: name === undefined ? 'elsewhere' : this.#stateOf(name),
    };
  }

  /** A file of which no copy is here is missing only from the logs that were hunted. */
  #stateOf({ id, account, region, time, organization, isDigest }: FileName): DeletedFile['state'] {
    this.#known ??= placesOf(this.#hunted.files);
    const { ids, regions, firsts, last } = this.#known;
    if (ids.has(id)) return 'here';
    const owners = organization === undefined ? [account] : [account, organization];
    const first = owners
      .flatMap((owner) => [placeOf(owner, region), owner])
      .map((place) => firsts.get(place))
      .find((at) => at !== undefined);
    if (first === undefined || !regions.has(region) || time === undefined) return 'elsewhere';
    const { window } = this.#hunted;
    // Where the window is open, old files that were cleaned up are older than what was copied.
    const since = window.since ?? dayOf(first);
    // CloudTrail delivers an event within minutes.
    const until = window.until === undefined ? dayOf(last) + DAY : window.until + HOUR;
    // Whether a digest is missing, hunt verify says.
    return since <= time && time < until && !isDigest ? 'missing' : 'elsewhere';
  }
}

function placesOf({ paths, named }: HuntedFiles) {
  const ids = new Set<string>();
  const regions = new Set<string>();
  /** The first file of accounts and organizations, and of each of their regions. */
  const firsts = new Map<string, number>();
  /** The last file of all. All later ones of one place may be deleted. */
  let last = -Infinity;
  for (const path of paths) {
    const name = nameOf(path);
    if (name === undefined) continue;
    ids.add(name.id);
    const { account, organization, region, time } = name;
    // That others of its folder are not among the named files says nothing.
    if (named.has(path) || name.isDigest || time === undefined) continue;
    regions.add(region);
    last = Math.max(last, time);
    for (const owner of organization === undefined ? [account] : [account, organization])
      for (const place of [owner, placeOf(owner, region)])
        firsts.set(place, Math.min(time, firsts.get(place) ?? Infinity));
  }
  return { ids, regions, firsts, last };
}

function placeOf(owner: string, region: string): string {
  return `${owner} ${region}`;
}

function dayOf(at: number): number {
  return Math.floor(at / DAY) * DAY;
}

function nameOf(path: string): FileName | undefined {
  const file = path.slice(path.search(/[^/\\]*$/));
  const [, id, account, digest, region, year, month, day, hour, minute] = NAME.exec(file) ?? [];
  if (id === undefined || account === undefined || region === undefined) return undefined;
  return {
    id,
    account,
    region,
    time: readInstant(`${year}-${month}-${day}T${hour}:${minute}:00Z`),
    isDigest: digest !== undefined,
    organization: ORGANIZATION.exec(path)?.[1],
  };
}

function inOrder(a: DeletedFile, b: DeletedFile): number {
  return byCodePoint(a.time ?? '', b.time ?? '') || byCodePoint(a.key, b.key);
}
