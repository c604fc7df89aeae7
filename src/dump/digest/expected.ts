/** Which log files a reading must have met, if they exist: those below its paths that its filter does not leave out. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DumpRequest } from '../dump.js';
import { pathFilter, reasonToSkip, type PathFilterOptions } from '../find/path-filter.js';
import { folderWithoutEvents } from '../find/s3-layout.js';
import { isS3, readS3Uri, type S3Location } from '../s3/uri.js';

/** Whether a log file, as a digest names it, would have been read. */
export type IsExpected = (log: S3Location) => boolean;

type Root = (log: S3Location) => boolean;

const LAYOUT =
  /^AWSLogs(?:\/o-[a-z0-9]+)?(?:\/\d{12}(?:\/CloudTrail(?:-[A-Za-z]+)?(?:\/[^/]+(?:\/\d{4}(?:\/\d\d){0,2})?)?)?)?$/;
const PACKED = /\.(?:gz|gzip|zst)$/;
const ARCHIVE = /\.(?:tar|tgz|zip|tar\.\w+)$/;

export function expectedLogs(request: Pick<DumpRequest, 'paths'> & PathFilterOptions): IsExpected {
  const filter = pathFilter(request);
  const roots = request.paths.filter((path) => path !== '-').map(rootOf);
  return (log) =>
    reasonToSkip(log.key, () => 1, filter) === undefined && roots.some((root) => root(log));
}

function rootOf(path: string): Root {
  return isS3(path) ? bucketRoot(readS3Uri(path)) : localRoot(resolve(path));
}

function bucketRoot(root: S3Location): Root {
  const copied = copyRoot(root.key.replace(/\/$/, ''));
  return ({ bucket, key }) => {
    // Folders of other services are not listed.
    const folder = /^(?:.*\/)?AWSLogs\/(?:o-[^/]+\/)?\d{12}\/[^/]+\//.exec(key)?.[0];
    if (folder !== undefined && folderWithoutEvents(folder) !== undefined) return false;
    return bucket === root.bucket ? isAtOrBelow(key, root.key) : copied(key);
  };
}

function localRoot(path: string): Root {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  if (isFile && ARCHIVE.test(path)) return () => true;
  const copied = isFile ? named(path) : copyRoot(path);
  return ({ key }) => copied(key);
}

/** A file that the user named: a copy keeps the name, or loses its packing. */
function named(path: string): (key: string) => boolean {
  const name = unpackedName(path);
  return (key) => unpackedName(key) === name;
}

function unpackedName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(PACKED, '');
}

/** A folder with a copy: where it lies in the layout of a bucket is known by what follows `AWSLogs/`. Anything else may hold any log. */
function copyRoot(path: string): (key: string) => boolean {
  const own = layoutOf(`${path}/`)?.slice(0, -1);
  if (own === undefined || !LAYOUT.test(own)) return () => true;
  return (key) => {
    const tail = layoutOf(key);
    return tail === undefined || isAtOrBelow(tail, own);
  };
}

/** `AWSLogs/…`: what follows the last folder of that name, with it. */
function layoutOf(path: string): string | undefined {
  return /(?:^|^.*\/)(AWSLogs\/.*)$/.exec(path)?.[1];
}

function isAtOrBelow(key: string, root: string): boolean {
  return key === root || key.startsWith(root === '' || root.endsWith('/') ? root : `${root}/`);
}
