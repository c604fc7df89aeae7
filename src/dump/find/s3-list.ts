/** From the paths in S3 that a person named to the objects to read: the tree is walked, folders side by side. */
import type { _Object, ListObjectsV2CommandInput, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HuntError } from '../../errors.js';
import type { Discovery } from './discover.js';
import { outsideDays, reasonToSkip, type Needed } from './prune.js';
import { listError, listReason } from '../s3/failure.js';
import { courseOf } from './s3-layout.js';
import { readS3Uri, s3Uri, type S3Place } from '../s3/uri.js';

/** S3 bears 5500 a second for a prefix; more than these gain little. */
const LISTINGS_AT_ONCE = 32;

interface Found {
  readonly size: number;
  /** Undefined where the object is to be read. */
  readonly skip: string | undefined;
}

/** The objects at and below the paths. Throws a HuntError where a path leads to nothing, or cannot be listed. */
export async function discoverObjects(
  uris: readonly string[],
  needed: Needed,
  client: S3Client,
  signal: AbortSignal | undefined,
): Promise<Discovery> {
  const { ListObjectsV2Command } = await import('@aws-sdk/client-s3');
  const limit = pLimit(LISTINGS_AT_ONCE);
  const list: List = (input) =>
    limit(async () => {
      signal?.throwIfAborted();
      return client.send(new ListObjectsV2Command(input), signal ? { abortSignal: signal } : {});
    });
  const walk = new Walk(list, needed);
  try {
    // In one order, so that it does not matter in which the paths were given.
    for (const uri of [...new Set(uris)].toSorted(byCodePoint)) await walk.named(uri);
  } catch (error) {
    if (signal?.aborted === true) throw new HuntError('INTERRUPTED', 'interrupted');
    throw error;
  }
  const found = [...walk.found];
  return {
    files: found
      .flatMap(([path, { size, skip }]) => (skip === undefined ? { path, size } : []))
      .toSorted((a, b) => byCodePoint(a.path, b.path)),
    skipped: [
      ...found.flatMap(([, { skip }]) => skip ?? []),
      ...walk.folders.values(),
      ...walk.again,
    ],
    unreadable: walk.unreadable,
  };
}

interface Page {
  readonly Contents?: readonly _Object[] | undefined;
  readonly CommonPrefixes?: readonly { readonly Prefix?: string | undefined }[] | undefined;
  readonly NextContinuationToken?: string | undefined;
  readonly EncodingType?: string | undefined;
}

type List = (input: ListObjectsV2CommandInput) => Promise<Page>;

class Walk {
  /** By address, so that an object reached twice counts once. */
  readonly found = new Map<string, Found>();
  /** Why folders were not listed, by address. */
  readonly folders = new Map<string, string>();
  readonly unreadable: { path: string; reason: string }[] = [];
  /** A reason for each further way to an object that is read. */
  readonly again: string[] = [];
  readonly #list: List;
  readonly #needed: Needed;

  constructor(list: List, needed: Needed) {
    this.#list = list;
    this.#needed = needed;
  }

  /** A path that the person named: an object, or a folder. */
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
          `nothing is at ${uri}: name a bucket, a folder in it or an object; part of a name is no folder`,
        );
    } catch (error) {
      throw listError(error, uri);
    }
  }

  /** The object whose key this is, of which the listing of its prefix begins. */
  async #object({ bucket, key }: S3Place): Promise<_Object | undefined> {
    const page = await this.#list({ Bucket: bucket, Prefix: key, MaxKeys: 1 });
    const object = page.Contents?.find(({ Key }) => Key === key);
    if (object) this.#add(s3Uri({ bucket, key }), object.Size ?? 0, true);
    return object;
  }

  async #folder(place: S3Place): Promise<void> {
    const uri = s3Uri(place);
    const course = courseOf(place.key, this.#needed);
    try {
      if (course.kind === 'skip') this.folders.set(uri, course.reason);
      else if (course.kind === 'all') await this.#below(place);
      else await this.#children(place);
    } catch (error) {
      // One folder that must not be listed is lost evidence, and does not stop the hunt.
      this.unreadable.push({ path: uri, reason: listReason(error) });
    }
  }

  /** What lies in a folder, and below its folders. Gives how many entries it has. */
  async #children(place: S3Place): Promise<number> {
    let entries = 0;
    const walks: Promise<void>[] = [];
    for await (const page of this.#pages(place, { Delimiter: '/' })) {
      entries += this.#take(place.bucket, page);
      for (const { Prefix } of page.CommonPrefixes ?? []) {
        entries += 1;
        walks.push(this.#folder({ bucket: place.bucket, key: keyOf(Prefix, page) }));
      }
    }
    await Promise.all(walks);
    return entries;
  }

  /** All that lies below a folder. */
  async #below(place: S3Place): Promise<void> {
    for await (const page of this.#pages(place, {})) this.#take(place.bucket, page);
  }

  async *#pages(
    { bucket, key }: S3Place,
    more: Pick<ListObjectsV2CommandInput, 'Delimiter'>,
  ): AsyncGenerator<Page> {
    let token: string | undefined;
    do {
      const page: Page = await this.#list({
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

  #take(bucket: string, page: Page): number {
    for (const { Key, Size } of page.Contents ?? [])
      this.#add(s3Uri({ bucket, key: keyOf(Key, page) }), Size ?? 0, false);
    return page.Contents?.length ?? 0;
  }

  /** As for files: one that is named is read whatever its name; of several ways counts one that reads it. */
  #add(path: string, size: number, isNamed: boolean): void {
    const skip = isNamed
      ? outsideDays(path, this.#needed)
      : reasonToSkip(path, () => size, this.#needed);
    const known = this.found.get(path);
    if (known && known.skip === undefined && skip === undefined) this.again.push('reached twice');
    if (known === undefined || known.skip !== undefined) this.found.set(path, { size, skip });
  }
}

/** Keys come encoded as in a form, for XML cannot hold all of them; not every server does so. */
function keyOf(text: string | undefined, { EncodingType }: Page): string {
  if (text === undefined || EncodingType !== 'url') return text ?? '';
  return decodeURIComponent(text.replaceAll('+', ' '));
}
