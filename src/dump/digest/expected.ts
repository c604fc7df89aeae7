/** Which files a reading must have met, if they exist: those below its paths that its filter does not leave out. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import type { DumpRequest } from '../dump.js';
import { digestsBeside } from './beside.js';
import { pathFilter, reasonToSkip, type PathFilterOptions } from '../find/path-filter.js';
import { DIGESTS, isWithoutEvents } from '../find/s3-layout.js';
import { isS3, readS3Uri } from '../s3/uri.js';

/** Whether a log file or a digest with this key of a bucket would have been read, from there or from a copy. */
export type IsExpected = (key: string) => boolean;

const LAYOUT =
  /^AWSLogs(?:\/o-[a-z0-9]+)?(?:\/\d{12}(?:\/CloudTrail(?:-[A-Za-z]+)?(?:\/[^/]+(?:\/\d{4}(?:\/\d\d){0,2})?)?)?)?$/;
const PACKED = /\.(?:gz|gzip|zst)$/;
const ARCHIVE = /\.(?:tar|tgz|zip|tar\.\w+)$/;

/** A test for keys of a bucket. A copy of the bucket counts for the folders of it that it may have. */
export function expectedFiles(request: Pick<DumpRequest, 'paths'> & PathFilterOptions): IsExpected {
  const filter = pathFilter(request);
  const given = request.paths.filter((path) => path !== '-');
  const roots = [...given, ...digestsBeside(given)].map(rootOf);
  return (key) =>
    reasonToSkip(key, () => 1, filter) === undefined && roots.some((root) => root(key));
}

function rootOf(path: string): IsExpected {
  return isS3(path) ? bucketRoot(readS3Uri(path).key) : localRoot(resolve(path));
}

function bucketRoot(root: string): IsExpected {
  const copied = copyRoot(root.replace(/\/$/, ''));
  return (key) => isListed(key) && (isAtOrBelow(key, root) || copied(key));
}

/** The folders of other services are not. */
function isListed(key: string): boolean {
  const { service } = bucketFolders(key) ?? {};
  return service === undefined || service === DIGESTS || !isWithoutEvents(service);
}

function localRoot(path: string): IsExpected {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile && ARCHIVE.test(path)) return () => true;
  return isFile ? named(path) : copyRoot(path);
}

/** A file that the user named: a copy keeps the name, or loses its packing. */
function named(path: string): IsExpected {
  const name = unpackedName(path);
  return (key) => unpackedName(key) === name;
}

function unpackedName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(PACKED, '');
}

/** A folder with a copy: where it lies in the layout of a bucket is known by what follows `AWSLogs/`. Anything else may hold any log. */
function copyRoot(path: string): IsExpected {
  const own = layoutOf(`${path}/`)?.slice(0, -1);
  if (own === undefined || !LAYOUT.test(own)) return () => true;
  return (key) => {
    const tail = layoutOf(key);
    return tail === undefined || isAtOrBelow(tail, own);
  };
}

/** `AWSLogs/…`: what follows the last folder of that name, with it. */
function layoutOf(path: string): string | undefined {
  return /(?:^|^.*\/)(AWSLogs\/.*)$/s.exec(path)?.[1];
}

function isAtOrBelow(key: string, root: string): boolean {
  return key === root || key.startsWith(root === '' || root.endsWith('/') ? root : `${root}/`);
}
