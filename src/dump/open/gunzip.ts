/**
 * Unpacks gzip and deflate. Of a damaged or truncated file it returns all the text before the damage; Node's own functions
 * return nothing then, or lose the last piece.
 */
import { setImmediate } from 'node:timers/promises';
import {
  constants,
  createGunzip,
  createInflate,
  createInflateRaw,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  type Gunzip,
  type Inflate,
  type InflateRaw,
  type ZlibOptions,
} from 'node:zlib';
import { codeOf } from '../../errors.js';
import { MAX_DEFLATE_RATIO, MAX_GUNZIPPED, SMALL, type UnpackBudget } from './unpack-budget.js';

/** Why gzip is broken that ends before the file does. Another gzip may lie behind a damaged page. */
const TRAILING = 'broken gzip: other data after its end';

const CHUNK = 64 << 10;
/** How many bytes are unpacked at a time. Small, because they may unpack to a thousand times as many. */
const WRITE = 16 << 10;
/**
 * A stream keeps so many packed bytes, so that at damage the text that zlib had not given yet can be unpacked. As many as are
 * unpacked in one go at most: how much of a file is read must not depend on the number of threads.
 */
const MAX_KEPT = SMALL;

export interface Gunzipped {
  readonly bytes: Buffer;
  /** Why the rest could not be unpacked; undefined if all was. */
  readonly broken: string | undefined;
}

/** Unpacks a small file in one go. Undefined if its text is too long for that. */
export function gunzipWhole(packed: Buffer): Gunzipped | undefined {
  const length = statedLength(packed);
  if (length > MAX_GUNZIPPED) return undefined;
  const chunkSize = Math.max(length + 1, 1 << 14);
  try {
    const { bytes, end } = unpackedWith({ chunkSize, maxOutputLength: MAX_GUNZIPPED }, packed);
    return { bytes, broken: isPadding(packed.subarray(end)) ? undefined : TRAILING };
  } catch (error) {
    if (isTooLarge(error)) return undefined;
    const bytes = longestPrefix(packed, gunzipSync);
    return bytes && { bytes, broken: gzipReason(error) };
  }
}

/** The text, and where the gzip ends in these bytes. The types of Node do not know that `info` changes the result. */
function unpackedWith(
  options: ZlibOptions,
  packed: Buffer,
): { readonly bytes: Buffer; readonly end: number } {
  const result: unknown = gunzipSync(packed, { ...options, info: true });
  const { buffer, engine } = result as { buffer: Buffer; engine: Gunzip };
  return { bytes: buffer, end: engine.bytesWritten };
}

/** Whether bytes after the end of gzip are padding. `gunzip` of Node passes over whatever follows a zero. */
function isPadding(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/**
 * The length that the last gzip member states for its text. Nearly always it is the length of the whole text, so that one
 * allocation suffices. 0 if it is impossible.
 */
function statedLength(packed: Buffer): number {
  const stated = packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
  return stated > MAX_DEFLATE_RATIO * packed.length ? 0 : stated;
}

/** The text of the longest beginning of the bytes that can be unpacked. Undefined if that text is too long. */
function longestPrefix(packed: Buffer, unpack: typeof gunzipSync): Buffer | undefined {
  const attempt = (length: number): Buffer | 'too large' | undefined => {
    try {
      return unpack(packed.subarray(0, length), {
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: MAX_GUNZIPPED,
      });
    } catch (error) {
      return isTooLarge(error) ? 'too large' : undefined;
    }
  };
  let good = 0;
  let bad = packed.length + 1;
  let text: Buffer = Buffer.alloc(0);
  // Binary search. It starts with the whole file, because every byte of a truncated file is good.
  for (let length = packed.length; bad - good > 1; length = (good + bad) >>> 1) {
    const found = attempt(length);
    if (found === 'too large') return undefined;
    if (found === undefined) bad = length;
    else {
      good = length;
      text = found;
    }
  }
  return text;
}

/** Unpacks a stream of gzip. At damage, it throws after it gave all the text before. */
export function gunzipStream(
  source: AsyncIterable<Buffer>,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  const stream = createGunzip({ chunkSize: CHUNK });
  return unpackStream(source, { stream, unpack: gunzipSync }, budget);
}

/** The same for a zlib stream, as `pigz -z` and HTTP's `deflate` write it. */
export function zlibStream(
  source: AsyncIterable<Buffer>,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  const stream = createInflate({ chunkSize: CHUNK });
  return unpackStream(source, { stream, unpack: inflateSync }, budget);
}

/** The same for raw deflate, which zip archives hold. */
export function inflateStream(
  source: AsyncIterable<Buffer>,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  const stream = createInflateRaw({ chunkSize: CHUNK });
  return unpackStream(source, { stream, unpack: inflateRawSync }, budget);
}

/** Unpacks a format in pieces, and in one go. */
interface Unpacker {
  readonly stream: Gunzip | Inflate | InflateRaw;
  readonly unpack: typeof gunzipSync;
}

async function* unpackStream(
  source: AsyncIterable<Buffer>,
  { stream, unpack }: Unpacker,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  // Event listeners, because iterating the stream loses what was unpacked before an error.
  const out: Buffer[] = [];
  stream.on('data', (piece: Buffer) => out.push(piece));
  const state: { error?: Error; isEnded?: boolean; settle?: () => void } = {};
  stream.on('end', () => {
    state.isEnded = true;
    state.settle?.();
  });
  stream.on('error', (error) => {
    state.error = error;
    state.settle?.();
  });
  // After an error, the stream does not call back a write or its end. One shared callback settles whichever is pending;
  // `Promise.race` instead would keep the promise of every write in memory until the end.
  const settled = (call: (settle: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      state.settle = resolve;
      call(resolve);
    });
  const kept: Buffer[] = [];
  let read = 0;
  let written = 0;
  /** Gives the text before the damage that the stream did not give, and throws. */
  const fail = function* (error: Error): Generator<Buffer, never> {
    const text = read > MAX_KEPT ? undefined : longestPrefix(Buffer.concat(kept), unpack);
    const rest = text?.subarray(written);
    if (rest && rest.length > 0) {
      yield rest;
      budget.spend(rest.length);
    }
    throw new Error(gzipReason(error));
  };
  try {
    for await (const piece of source) {
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        read += part.length;
        if (read <= MAX_KEPT) kept.push(part);
        else kept.length = 0;
        if (state.isEnded === true) {
          if (!isPadding(part)) throw new Error(TRAILING);
          continue;
        }
        await settled((settle) => stream.write(part, () => settle()));
        // The stream may emit the data in a later turn of the event loop than the end of the write.
        await setImmediate();
        const pieces = out.splice(0);
        const unpacked = lengthOf(pieces);
        written += unpacked;
        yield* pieces;
        budget.spend(unpacked);
        if (state.error) yield* fail(state.error);
        budget.checkRatio(written, read);
        if (state.isEnded && !isPadding(part.subarray(part.length - (read - stream.bytesWritten))))
          throw new Error(TRAILING);
      }
    }
    // Padding after the last gzip member has ended the stream already.
    if (!stream.readableEnded) await settled(() => stream.end());
    const last = out.splice(0);
    const unpacked = lengthOf(last);
    written += unpacked;
    yield* last;
    budget.spend(unpacked);
    if (state.error) yield* fail(state.error);
  } finally {
    stream.destroy();
  }
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function isTooLarge(error: unknown): boolean {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
}

function gzipReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === 'unexpected end of file'
    ? 'gzip that is cut short'
    : `broken gzip: ${message}`;
}
