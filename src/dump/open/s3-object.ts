/** Downloads an S3 object, whole or in parts. A download that breaks off is tried again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { objectReason } from '../s3/failure.js';
import type { S3Location } from '../s3/uri.js';
import { prefetch } from './prefetch.js';

const PART = 8 << 20;
const PARTS_AT_ONCE = 4;
/** The SDK does not retry a response that breaks off after it began. */
const BODY_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 100;

export interface Download {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
  /** The signature that S3 keeps beside a digest of CloudTrail (`x-amz-meta-signature`). */
  readonly signature: string | undefined;
}

export interface S3Object {
  readonly client: S3Client;
  readonly location: S3Location;
  /** In bytes. */
  readonly size: number;
  readonly signal: AbortSignal | undefined;
}

/** A whole object. Throws an error that says why it cannot be read. */
export function getWhole({ client, location, signal }: S3Object): Promise<Download> {
  return get({ client, location, signal, more: {} });
}

/** The first bytes of an object. Throws as `getWhole` does. */
export function getHead({ client, location, signal }: S3Object, bytes: number): Promise<Download> {
  return get({ client, location, signal, more: { Range: `bytes=0-${bytes - 1}` } });
}

/**
 * An object in parts, several of which are downloaded at the same time. `head` is its beginning, if that is known; the parts
 * begin after it. Throws as `getWhole` does.
 */
export async function* getParts(object: S3Object, head?: Download): AsyncGenerator<Download> {
  const { client, location, size } = object;
  const stop = new AbortController();
  const signal = object.signal ? AbortSignal.any([object.signal, stop.signal]) : stop.signal;
  const part = (start: number, etag: string | undefined): Promise<Download> => {
    const end = Math.min(start + PART, size) - 1;
    // All parts must be of the same version of the object.
    const same = etag === undefined ? {} : { IfMatch: etag };
    return get({ client, location, signal, more: { Range: `bytes=${start}-${end}`, ...same } });
  };
  try {
    const from = head?.bytes.length ?? 0;
    const first = await part(from, head?.etag);
    yield first;
    const rest = from + PART;
    const starts = Array.from(
      { length: Math.max(0, Math.ceil((size - rest) / PART)) },
      (_, i) => rest + i * PART,
    );
    const limits = { items: PARTS_AT_ONCE, bytes: Infinity, bytesOf: () => PART };
    for await (const [, next] of prefetch(starts, limits, (start) => part(start, first.etag)))
      yield await next;
  } finally {
    stop.abort();
  }
}

interface GetRequest {
  readonly client: S3Client;
  readonly location: S3Location;
  readonly signal: AbortSignal | undefined;
  /** Further parameters of the call. */
  readonly more: Partial<GetObjectCommandInput>;
}

async function get({ client, location, signal, more }: GetRequest): Promise<Download> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const { bucket, key } = location;
  const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...more });
  for (let attempt = 1; ; attempt++) {
    const answer = await client
      .send(command, signal ? { abortSignal: signal } : {})
      .catch((error: unknown) => {
        throw new Error(objectReason(error), { cause: error });
      });
    try {
      const bytes = Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
      if (bytes.length === (answer.ContentLength ?? bytes.length))
        return { bytes, etag: answer.ETag, signature: answer.Metadata?.['signature'] };
      throw new Error(`the answer ends after ${bytes.length} of ${answer.ContentLength} bytes`);
    } catch (error) {
      if (attempt === BODY_ATTEMPTS || signal?.aborted === true)
        throw new Error(`the transfer breaks off again and again: ${objectReason(error)}`, {
          cause: error,
        });
    }
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    await sleep(Math.random() * longest, undefined, signal ? { signal } : {});
  }
}
