/**
 * Reads a file whose name says nothing: its first bytes by themselves, because most such files are no logs and the rest of them
 * is never read.
 */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { HEAD_BYTES } from './opened-stream.js';

const CHUNK = 1 << 20;

/** The bytes of a local file, which had `size` bytes when it was found. The first piece is short. */
export async function* headFirst(path: string, size: number): AsyncGenerator<Buffer> {
  const head = Buffer.allocUnsafe(Math.min(size, HEAD_BYTES));
  let length: number;
  // Synchronous, like the reading of other small files: a stream costs several times as much.
  const file = openSync(path, 'r');
  try {
    length = readSync(file, head, 0, head.length, 0);
  } finally {
    closeSync(file);
  }
  yield head.subarray(0, length);
  if (length < head.length) return;
  // It may have grown.
  yield* createReadStream(path, {
    start: length,
    highWaterMark: CHUNK,
  }) as AsyncIterable<Buffer>;
}
