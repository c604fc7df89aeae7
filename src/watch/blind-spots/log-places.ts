/** What the paths of log files and digests say of trails: those of an organization write into a folder of the organization. */
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import { digestNameOf } from '../../cloudtrail/file-name/digest-name.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import { DAY } from '../../cloudtrail/time/window.js';
import type { TrailId } from '../facts/fact.js';
import type { Between } from './records.js';

/** The files of an account. */
interface Place {
  /** The organizations in whose folders files of the account are. */
  readonly organizations: Set<string>;
  /** Whether files of the account are outside such a folder, where a trail of its own writes. */
  isOutside: boolean;
  /** The days of which there are files: `20260131`. */
  readonly days: Set<string>;
}

/** Of any file of an account: those of other services, too, show that the account was in use. */
const DAY_IN_NAME = /_(\d{8})T\d{4,6}Z/;

export class LogPlaces {
  readonly #paths: () => Iterable<string>;
  #known:
    | {
        readonly accounts: ReadonlyMap<string, Place>;
        readonly trails: { readonly own: Set<string>; readonly organization: Set<string> };
      }
    | undefined;

  /** The paths are read only if something is asked: there may be very many, and few logs tell of a stop. */
  constructor(paths: () => Iterable<string>) {
    this.#paths = paths;
  }

  /** Whether the digests of a trail say that it is an organization's. Undefined where there are no digests, or digests of both kinds. */
  isOrganizationTrail({ account, region, name }: TrailId): boolean | undefined {
    const { own, organization } = this.#read().trails;
    const isOwn = own.has(JSON.stringify([account, region, name]));
    const isOne = organization.has(JSON.stringify([region, name]));
    return isOwn === isOne ? undefined : isOne;
  }

  /** Whether the logs of an account are in the folder of an organization, and nowhere else. */
  isInOrganization(account: string): boolean {
    const place = this.#read().accounts.get(account);
    return place !== undefined && place.organizations.size > 0 && !place.isOutside;
  }

  /** Whether a trail of the first account may be what writes logs of the second. */
  mayLog(account: string, other: string): boolean {
    const { accounts } = this.#read();
    const [one, two] = [accounts.get(account), accounts.get(other)];
    if (two === undefined) return true;
    if (two.organizations.size === 0) return false;
    const own = one?.organizations ?? new Set<string>();
    return own.size === 0 || [...own].some((id) => two.organizations.has(id));
  }

  /** Accounts of which there are files about that time. */
  accountsAbout({ from, to }: Between): readonly string[] {
    const dayOf = (at: number): string => formatInstant(at).slice(0, 10).replaceAll('-', '');
    const first = Number.isFinite(from) ? dayOf(from - DAY) : '';
    const last = Number.isFinite(to) ? dayOf(to + DAY) : '99999999';
    return [...this.#read().accounts]
      .filter(([, { days }]) => [...days].some((day) => first <= day && day <= last))
      .map(([account]) => account);
  }

  #read() {
    this.#known ??= placesIn(this.#paths());
    return this.#known;
  }
}

function placesIn(paths: Iterable<string>) {
  const accounts = new Map<string, Place>();
  const trails = { own: new Set<string>(), organization: new Set<string>() };
  for (const path of paths) {
    const { organization, account } = bucketFolders(path) ?? {};
    if (account === undefined) continue;
    const place = accounts.get(account) ?? {
      organizations: new Set<string>(),
      isOutside: false,
      days: new Set<string>(),
    };
    accounts.set(account, place);
    if (organization === undefined) place.isOutside = true;
    else place.organizations.add(organization);
    const [, day] = DAY_IN_NAME.exec(path.slice(path.lastIndexOf('/') + 1)) ?? [];
    if (day !== undefined) place.days.add(day);
    const digest = digestNameOf(path);
    if (digest === undefined) continue;
    const { account: owner, trail, homeRegion: home } = digest;
    if (organization === undefined) trails.own.add(JSON.stringify([owner, home, trail]));
    else trails.organization.add(JSON.stringify([home, trail]));
  }
  return { accounts, trails };
}
