/**
 * Finds the public keys for digests: in files that the user names, in a file beside the logs, and in AWS. That AWS is not at hand is
 * no error: then the digests are not proven.
 */
import { DAY, HOUR } from '../../../cloudtrail/time/window.js';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { PublicKey } from '@aws-sdk/client-cloudtrail';
import { reasonOf } from '../../../errors.js';
import { openS3Client, DEFAULT_SETTINGS, type S3Settings } from '../../../dump/s3/client.js';
import { isS3, readS3Uri, s3Uri } from '../../../dump/s3/uri.js';
import { getWhole } from '../../../dump/open/s3-object.js';
import { counted } from '../../../text/counted.js';
import type { DigestFile } from '../../../dump/digest/evidence.js';
import type { TrailKey } from '../trail-key.js';
import { keysIn } from './files.js';
import { folderOf, keepKeys, KEYS_FILE } from './kept.js';
import { listKeys, type ListedKeys } from './list.js';
import { neededKeys, type NeededKeys } from './needed.js';

export interface KeyRequest {
  /** The keys of files that the user named. */
  readonly named: readonly TrailKey[];
  /** The paths that were read. */
  readonly paths: readonly string[];
  readonly s3: S3Settings | undefined;
  readonly digests: readonly Pick<DigestFile, 'text'>[];
  /** Whether AWS may be asked for keys that are in no file. */
  readonly asksAws: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface KeysFound {
  readonly keys: readonly TrailKey[];
  /** What the user should know of them, a line each. */
  readonly notes: readonly string[];
}

/** In bytes. The keys of all regions for ten years are less. */
const LONGEST = 8 << 20;

/** Never throws, unless a bug makes it. */
export async function gatherKeys(request: KeyRequest): Promise<KeysFound> {
  const { named, digests, asksAws, s3, signal } = request;
  if (digests.length === 0) return { keys: named, notes: [] };
  const notes: string[] = [];
  const here = [...namedKeys(request), ...(await keptKeys(request, notes))];
  // AWS is the better witness than a file beside the logs.
  const known = here.filter(({ isBeside }) => !asksAws || isBeside !== true);
  const needed = neededKeys(digests, fingerprintsOf(known));
  if (needed.length === 0) return { keys: here, notes };
  if (!asksAws) return { keys: here, notes: [...notes, howToGet(needed)] };
  const listed = await listKeys(needed, { profile: s3?.profile }, signal);
  const had = fingerprintsOf(here);
  const found = listed
    .flatMap((one) => one.keys)
    .filter(({ Fingerprint }) => !had.has((Fingerprint ?? '').toLowerCase()));
  notes.push(...failures(listed));
  if (found.length > 0) notes.push(keptNote(request.paths, found));
  const keys = [...here, ...listed.flatMap(trailKeys)];
  const missing = neededKeys(digests, fingerprintsOf(keys));
  return { keys, notes: missing.length === 0 ? notes : [...notes, howToGet(missing)] };
}

function fingerprintsOf(keys: readonly TrailKey[]): ReadonlySet<string> {
  return new Set(keys.map(({ fingerprint }) => fingerprint));
}

/** A file that the user names may lie among the logs, too. */
function namedKeys({ named, paths }: KeyRequest): readonly TrailKey[] {
  const folders = paths
    .filter((path) => !isS3(path) && path !== '-')
    .map((path) => `${resolve(folderOf(path))}${sep}`);
  return named.map((key) => ({
    ...key,
    isBeside: folders.some((folder) => resolve(key.from).startsWith(folder)),
  }));
}

function failures(listed: readonly ListedKeys[]): readonly string[] {
  const failed = listed.filter(({ failure }) => failure !== undefined);
  const [first] = failed;
  if (first === undefined) return [];
  const more = failed.length === 1 ? '' : `, nor in ${counted(failed.length - 1, 'other region')}`;
  return [
    `cannot ask CloudTrail for its public keys in ${first.region}${more} (needs cloudtrail:ListPublicKeys): ${first.failure}`,
  ];
}

function trailKeys({ region, keys }: ListedKeys): readonly TrailKey[] {
  return keys.map(({ Value, Fingerprint }) => ({
    fingerprint: (Fingerprint ?? '').toLowerCase(),
    der: Buffer.from(Value ?? []),
    from: `ListPublicKeys in ${region}`,
  }));
}

/** The keys in files beside the logs. One that cannot be read is said and left out. */
async function keptKeys(
  { paths, s3, signal }: KeyRequest,
  notes: string[],
): Promise<readonly TrailKey[]> {
  const buckets = paths.filter(isS3);
  const folders = new Set(paths.filter((path) => !isS3(path) && path !== '-').map(folderOf));
  const texts = [...folders].map((folder) => localText(join(folder, KEYS_FILE)));
  const objects = await objectTexts(buckets, { s3, signal });
  const beside = [...texts, ...objects].map((one) => ({ ...one, isBeside: true }));
  // Keys for logs in S3 are kept in the current folder.
  const own = buckets.length > 0 && !folders.has('.') ? [localText(KEYS_FILE)] : [];
  return [...beside, ...own.map((one) => ({ ...one, isBeside: false }))].flatMap((one) => {
    const { path, text, isBeside } = one;
    if (text === undefined) return [];
    try {
      return keysIn(text, path).keys.map((key) => ({ ...key, isBeside }));
    } catch (error) {
      notes.push(`${path} is not used: ${reasonOf(error)}`);
      return [];
    }
  });
}

interface KeptText {
  readonly path: string;
  readonly text: string | undefined;
}

function localText(path: string): KeptText {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    // To read a pipe or a device may never end.
    const isList = stats?.isFile() === true && stats.size <= LONGEST;
    return { path, text: isList ? readFileSync(path, 'utf8') : undefined };
  } catch {
    return { path, text: undefined };
  }
}

async function objectTexts(
  uris: readonly string[],
  { s3, signal }: Pick<KeyRequest, 's3' | 'signal'>,
): Promise<readonly KeptText[]> {
  if (uris.length === 0) return [];
  const client = await openS3Client(s3 ?? DEFAULT_SETTINGS);
  try {
    return await Promise.all(
      uris.map(async (uri) => {
        const { bucket, key } = readS3Uri(uri);
        const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
        const location = { bucket, key: `${folder}${KEYS_FILE}` };
        const path = s3Uri(location);
        try {
          const { bytes } = await getWhole({ client, location, size: 0, signal });
          return { path, text: bytes.toString() };
        } catch {
          return { path, text: undefined };
        }
      }),
    );
  } finally {
    client.destroy();
  }
}

/** Keeps the keys, and says where. */
function keptNote(paths: readonly string[], keys: readonly PublicKey[]): string {
  const local = paths.find((path) => !isS3(path) && path !== '-');
  const folder = local === undefined || paths.some(isS3) ? '.' : folderOf(local);
  const path = join(folder, KEYS_FILE);
  const failure = keepKeys(folder, keys);
  return failure === undefined
    ? `kept ${counted(keys.length, 'public key')} of CloudTrail in ${path}`
    : `cannot keep public keys of CloudTrail in ${path}: ${failure}`;
}

/** The command that gets the keys, for the first region of those that are missing. */
function howToGet(needed: readonly NeededKeys[]): string {
  const [first] = needed;
  if (first === undefined) return '';
  const { region, since, until } = first;
  const more =
    needed.length === 1
      ? ''
      : ` (and in ${needed
          .slice(1)
          .map((one) => one.region)
          .join(', ')})`;
  const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
  const end = day(until + DAY);
  return `public keys are missing, without which nothing is proven: give --fetch-keys, or --public-keys FILE with the output of aws cloudtrail list-public-keys --region ${region} --start-time ${day(since - 2 * HOUR)} --end-time ${end}${more}`;
}
