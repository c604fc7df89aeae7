/** Finds the S3 objects to read below the paths that the user named. Lists many folders at the same time. */
import type { _Object, ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HuntError } from '../../errors.js';
import { chosenInFolder, strongerChoice, type Chosen } from './chosen.js';
import type { FoundFile, NotRead } from './discover.js';
import { isMediaName } from './names.js';
import { outsideDays, reasonToSkip, type PathFilter } from './path-filter.js';
import { listError, listReason } from '../s3/failure.js';
import { planListing } from './s3-layout.js';
import { readS3Uri, s3Uri, type S3Location } from '../s3/uri.js';

/** S3 allows 5500 requests a second for a prefix. More than 32 at once gained little when measured. */
const LISTINGS_AT_ONCE = 32;

interface ReachedObject {
  readonly size: number;
  readonly version: string;
  readonly chosen: Chosen;
  /** Why the object is not read; undefined if it is. */
  readonly skip: string | undefined;
}

export interface ObjectSearch {
  /** Addresses of objects and folders: `s3://bucket/key`. */
  readonly uris: readonly string[];
  /** Folders that may be there, and that the user did not name. */
  readonly further?: readonly string[] | undefined;
  readonly filter: PathFilter;
  readonly client: S3Client;
  readonly signal: AbortSignal | undefined;
}

export interface FoundObjects extends NotRead {
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
}

/** The objects at and below the addresses. Throws a HuntError if nothing is at an address, or it cannot be listed. */
export async function discoverObjects(search: ObjectSearch): Promise<FoundObjects> {
  const { uris, further = [], filter, client, signal } = search;
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const limit = pLimit(LISTINGS_AT_ONCE);
  const list: ListObjects = (input) =>
    limit(async () => {
      signal?.throwIfAborted();
      return client.send(new ListObjectsV2Command(input), signal ? { abortSignal: signal } : {});
    });
  const walk = new BucketWalk(list, filter);
  try {
    // Sorted, so that the result does not depend on the order in which the user gave the paths.
    for (const uri of [...new Set(uris)].toSorted(byCodePoint)) await walk.named(uri);
    await Promise.all(further.map((uri) => walk.further(uri)));
  } catch (error) {
    if (signal?.aborted === true) throw new HuntError('INTERRUPTED', 'interrupted');
    throw error;
  }
  const found = [...walk.found];
  return {
    files: found
      .flatMap(([path, { size, version, chosen, skip }]) =>
        skip === undefined ? { path, size, version, chosen } : [],
      )
      .toSorted((a, b) => byCodePoint(a.path, b.path)),
    skipped: [
      ...found.flatMap(([, { skip }]) => skip ?? []),
      ...walk.skippedFolders.values(),
      ...walk.duplicates,
    ],
    unreadable: walk.unreadable,
  };
}

interface ListingPage {
  readonly Contents?: readonly _Object[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly EncodingType?: string | undefined;
}

type ListObjects = (input: ListObjectsV2CommandInput) => Promise<ListingPage>;

class BucketWalk {
  /** By address, so that an object reached twice counts once. */
  readonly found = new Map<string, ReachedObject>();
  /** Why folders were not listed, by address. */
  readonly skippedFolders = new Map<string, string>();
  readonly unreadable: { path: string; reason: string }[] = [];
  /** One reason for each further path that leads to an object that is read. */
  readonly duplicates: string[] = [];
  readonly #list: ListObjects;
  readonly #filter: PathFilter;

  constructor(list: ListObjects, filter: PathFilter) {
    this.#list = list;
    this.#filter = filter;
  }

  /** Walks an address that the user named: an object, a folder, or both. */
  async named(uri: string): Promise<void> {
    const { bucket, key } = readS3Uri(uri);
    const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
    try {
      const [object, entries] = await Promise.all([
        folder === key ? undefined : this.#object({ bucket, key }),
        this.#children({ bucket, key: folder }),
      ]);
      if (object === undefined && entries === 0)
        throw new HuntError(
          'PATH',
          `nothing is at ${uri}: name a bucket, a folder in it or an object. The beginning of a name is not a folder`,
        );
    } catch (error) {
      throw listError(error, uri);
    }
  }

  /** Walks a folder that may be there. */
  async further(uri: string): Promise<void> {
    const { bucket, key } = readS3Uri(`${uri}/`);
    await this.#folder({ bucket, key });
  }

  /** The object with exactly this key: if it exists, the listing of its key as a prefix begins with it. */
  async #object({ bucket, key }: S3Location): Promise<_Object | undefined> {
    const page = await this.#list({ Bucket: bucket, Prefix: key, MaxKeys: 1 });
    const object = page.Contents?.find(({ Key }) => Key === key);
    if (object) this.#add(s3Uri({ bucket, key }), object, true);
    return object;
  }

  async #folder(folder: S3Location): Promise<void> {
    const uri = s3Uri(folder);
    const plan = planListing(folder.key, this.#filter);
    try {
      if (plan.kind === 'skip') this.skippedFolders.set(uri, plan.reason);
      else if (plan.kind === 'everything') await this.#everythingBelow(folder);
      else await this.#children(folder);
    } catch (error) {
      // A folder that cannot be listed is lost evidence. It does not stop the hunt.
      this.unreadable.push({ path: uri, reason: listReason(error) });
    }
  }

  /** Adds the objects in a folder and in its subfolders. Returns how many entries the folder itself has. */
  async #children(folder: S3Location): Promise<number> {
    let entries = 0;
    const walks: Promise<void>[] = [];
    for await (const page of this.#pages(folder, { Delimiter: '/' })) {
      entries += this.#addPage(folder.bucket, page);
      for (const { Prefix } of page.CommonPrefixes ?? []) {
        entries += 1;
        walks.push(this.#folder({ bucket: folder.bucket, key: keyOf(Prefix, page) }));
      }
    }
    await Promise.all(walks);
    return entries;
  }

  async #everythingBelow(folder: S3Location): Promise<void> {
    for await (const page of this.#pages(folder, {})) this.#addPage(folder.bucket, page);
  }

  async *#pages(
    { bucket, key }: S3Location,
    more: Pick<ListObjectsV2CommandInput, 'Delimiter'>,
  ): AsyncGenerator<ListingPage> {
    let token: string | undefined;
    do {
      const page: ListingPage = await this.#list({
        Bucket: bucket,
        Prefix: key,
        EncodingType: 'url',
        ...more,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      });
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** Adds the objects of a page. Returns how many there are. */
  #addPage(bucket: string, page: ListingPage): number {
    for (const object of page.Contents ?? [])
      this.#add(s3Uri({ bucket, key: keyOf(object.Key, page) }), object, false);
    return page.Contents?.length ?? 0;
  }

  /** As for local files: a named object is read with any name. If several paths lead to one object, prefers one that is read. */
  #add(path: string, { Size, ETag, LastModified }: _Object, isNamed: boolean): void {
    const size = Size ?? 0;
    const version = ETag ?? LastModified?.toISOString() ?? '';
    const skip = isNamed ? outsideDays(path, this.#filter) : this.#reasonToSkip(path, size);
    const known = this.found.get(path);
    const here = isNamed ? 'by the user' : chosenInFolder(path);
    const chosen = known ? strongerChoice(known.chosen, here) : here;
    if (known && known.skip === undefined && skip === undefined)
      this.duplicates.push('reached twice');
    const isRead = known?.skip === undefined && known !== undefined;
    this.found.set(path, { size, version, chosen, skip: isRead ? undefined : skip });
  }

  /** Besides what is not read of local files: looking at an object costs a request, which media are not worth. */
  #reasonToSkip(path: string, size: number): string | undefined {
    return (
      reasonToSkip(path, () => size, this.#filter) ??
      (isMediaName(path) ? 'named like a picture or a document' : undefined)
    );
  }
}

/** Keys are URL-encoded, because XML cannot hold all characters. Some servers other than AWS's do not encode them. */
function keyOf(text: string | undefined, { EncodingType }: ListingPage): string {
  if (text === undefined || EncodingType !== 'url') return text ?? '';
  return decodeURIComponent(text.replaceAll('+', ' '));
}
