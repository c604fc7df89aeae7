/** The partition that a file's path names. An engine says in its errors which file it could not read. */

export interface NamedPartition {
  /** A day: its midnight in UTC. */
  readonly day: number | undefined;
  /** The folders, or their values where a folder is written `key=value`: the account and the region are among them. */
  readonly values: ReadonlySet<string>;
}

/** `…/2026/02/03/…`, `…/year=2026/month=2/day=3/…`, `…/dt=2026-02-03-05/…`, `…/20260203/…`; else the time in a file's name. */
const DAYS: readonly RegExp[] = [
  /[/=]((?:19|20)\d\d)\/(?:[^/=]*=)?(\d\d?)\/(?:[^/=]*=)?(\d\d?)(?=\/)/,
  /[/=]((?:19|20)\d\d)[-._](\d\d)[-._](\d\d)(?!\d)[^/]*(?=\/)/,
  /[/=]((?:19|20)\d\d)(\d\d)(\d\d)(?:[^\d/][^/]*|\d\d)?(?=\/)/,
  /_((?:19|20)\d\d)(\d\d)(\d\d)T\d{4}Z_/,
];

/** A file or a folder, or a partition as Hive writes it: `account=111122223333/region=eu-west-1/dt=2026-02-03`. */
const PATHS = /\b\w+:\/\/[^\s'"<>]+|\b\w+=[^\s'"<>]+/g;

/** What the paths in a message name: the first that names a day, else the first; undefined if there is none. */
export function partitionIn(message: string): NamedPartition | undefined {
  const named = [...message.matchAll(PATHS)].map(([path]) => partitionOf(path));
  return named.find(({ day }) => day !== undefined) ?? named[0];
}

function partitionOf(path: string): NamedPartition {
  // Hive writes a slash in the value of a partition as %2F.
  const text = `${path.replace(/(?<![)\],.:;])[)\],.:;]+$/, '')}/`
    .replace(/%2f/gi, '/')
    .replace(/%3a/gi, ':');
  const folders = text.split('/').map((folder) => folder.slice(folder.indexOf('=') + 1));
  const day = DAYS.map((pattern) => dayOf(pattern.exec(text))).find((each) => each !== undefined);
  return { day, values: new Set(folders) };
}

function dayOf(found: RegExpExecArray | null): number | undefined {
  const [year, month, day] = (found ?? []).slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const at = Date.UTC(year, month - 1, day);
  return new Date(at).getUTCDate() === day ? at : undefined;
}
