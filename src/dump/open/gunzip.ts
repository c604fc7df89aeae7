/** Gzip, with all that stands before a break: Node's own calls give nothing, or lose the last piece. */
import { setImmediate } from 'node:timers/promises';
import {
  constants,
  createGunzip,
  createInflateRaw,
  gunzipSync,
  type Gunzip,
  type InflateRaw,
} from 'node:zlib';
import {
  BOMB_FLOOR,
  MAX_RATIO,
  MAX_GUNZIPPED,
  MOST_DEFLATED,
  type Allowance,
} from './unpack-budget.js';

const CHUNK = 64 << 10;
/** How much is decompressed at a time: little, for it may become a thousand times as much. */
const WRITE = 16 << 10;

export interface Gunzipped {
  readonly bytes: Buffer;
  /** Why the rest could not be read. */
  readonly broken: string | undefined;
}

/** Decompresses a small file in one go; undefined where it is too large for that. */
export function gunzipWhole(packed: Buffer): Gunzipped | undefined {
  const length = statedLength(packed);
  if (length > MAX_GUNZIPPED) return undefined;
  const chunkSize = Math.max(length + 1, 1 << 14);
  try {
    return {
      bytes: gunzipSync(packed, { chunkSize, maxOutputLength: MAX_GUNZIPPED }),
      broken: undefined,
    };
  } catch (error) {
    if (isTooLarge(error)) return undefined;
    const bytes = longestPrefix(packed);
    return bytes && { bytes, broken: gzipReason(error) };
  }
}

/** The length that the last member says its text has: nearly always of all the text, and then one allocation is enough. */
function statedLength(packed: Buffer): number {
  const stated = packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
  return stated > MOST_DEFLATED * packed.length ? 0 : stated;
}

/** The text of the longest beginning that can be decompressed; undefined where it is too large. */
function longestPrefix(packed: Buffer): Buffer | undefined {
  const attempt = (length: number): Buffer | 'too large' | undefined => {
    try {
      return gunzipSync(packed.subarray(0, length), {
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
  // All of it first: of a file that was cut short, every byte is good.
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

/** Decompresses a stream of gzip; throws, after the pieces before the break, where it cannot go on. */
export function gunzipStream(
  source: AsyncIterable<Buffer>,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  return unpackStream(source, createGunzip({ chunkSize: CHUNK }), allowance);
}

/** The same for deflate without a frame, as zip archives hold it. */
export function inflateStream(
  source: AsyncIterable<Buffer>,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  return unpackStream(source, createInflateRaw({ chunkSize: CHUNK }), allowance);
}

async function* unpackStream(
  source: AsyncIterable<Buffer>,
  stream: Gunzip | InflateRaw,
  allowance: Allowance,
): AsyncGenerator<Buffer> {
  // Listening, instead of iterating, keeps what was decompressed before an error.
  const out: Buffer[] = [];
  stream.on('data', (piece: Buffer) => out.push(piece));
  const fate: { error?: Error; settle?: () => void } = {};
  stream.on('end', () => fate.settle?.());
  stream.on('error', (error) => {
    fate.error = error;
    fate.settle?.();
  });
  // Neither a write nor the end is called back after an error; a race of promises would keep each write until the last.
  const settled = (call: (settle: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      fate.settle = resolve;
      call(resolve);
    });
  let read = 0;
  let written = 0;
  try {
    for await (const piece of source) {
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        read += part.length;
        await settled((settle) => stream.write(part, () => settle()));
        // What was decompressed may be told in a later turn than that it was.
        await setImmediate();
        const pieces = out.splice(0);
        const unpacked = lengthOf(pieces);
        written += unpacked;
        yield* pieces;
        allowance.spend(unpacked);
        if (fate.error) throw new Error(gzipReason(fate.error));
        if (written > BOMB_FLOOR && written > MAX_RATIO * read)
          throw new Error(
            `expands more than ${MAX_RATIO} times, which no log does: unpack it first`,
          );
      }
    }
    // Padding behind the last member has ended it already.
    if (!stream.readableEnded) await settled(() => stream.end());
    const last = out.splice(0);
    yield* last;
    allowance.spend(lengthOf(last));
    if (fate.error) throw new Error(gzipReason(fate.error));
  } finally {
    stream.destroy();
  }
}

function lengthOf(pieces: readonly Buffer[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

function isTooLarge(error: unknown): boolean {
  return (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
}

function gzipReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message === 'unexpected end of file'
    ? 'gzip that is cut short'
    : `broken gzip: ${message}`;
}
