/** The bytes of one object, whole or in parts; what breaks off is asked for again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { ahead } from './ahead.js';
import { objectReason } from '../s3/failure.js';
import type { S3Place } from '../s3/uri.js';

const PART = 8 << 20;
const PARTS_AT_ONCE = 4;
/** Answers that break off after they began are none that the SDK tries again. */
const BODY_ATTEMPTS = 5;
const LONGEST_PAUSE_MS = 5_000;
const FIRST_PAUSE_MS = 100;

interface Part {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
}

/** All of an object, in one piece. Throws an error that says why it cannot be had. */
export async function getWhole(
  client: S3Client,
  place: S3Place,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  return (await get(client, place, {}, signal)).bytes;
}

/** An object of so many bytes, in parts that are fetched side by side. Throws as `getWhole` does. */
export async function* getParts(
  client: S3Client,
  place: S3Place,
  size: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const left = new AbortController();
  const both = signal ? AbortSignal.any([signal, left.signal]) : left.signal;
  const part = (start: number, more: Partial<GetObjectCommandInput>): Promise<Part> => {
    const end = Math.min(start + PART, size) - 1;
    return get(client, place, { Range: `bytes=${start}-${end}`, ...more }, both);
  };
  try {
    const first = await part(0, {});
    yield first.bytes;
    // Parts of one object, and not of another that took its place meanwhile.
    const same = first.etag === undefined ? {} : { IfMatch: first.etag };
    const starts = Array.from({ length: Math.ceil(size / PART) - 1 }, (_, i) => (i + 1) * PART);
    const limits = { items: PARTS_AT_ONCE, bytes: Infinity, bytesOf: () => PART };
    for await (const [, next] of ahead(starts, limits, (start) => part(start, same)))
      yield (await next).bytes;
  } finally {
    left.abort();
  }
}

async function get(
  client: S3Client,
  { bucket, key }: S3Place,
  more: Partial<GetObjectCommandInput>,
  signal: AbortSignal | undefined,
): Promise<Part> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
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
        return { bytes, etag: answer.ETag };
      throw new Error(`the answer ends after ${bytes.length} of ${answer.ContentLength} bytes`);
    } catch (error) {
      if (attempt === BODY_ATTEMPTS || signal?.aborted === true)
        throw new Error(`the transfer breaks off again and again: ${objectReason(error)}`, {
          cause: error,
        });
    }
    const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
    await sleep(Math.random() * most, undefined, signal ? { signal } : {});
  }
}
