/** The members of a tar archive, from a stream: never more of it than a piece is in memory. */
import { setImmediate } from 'node:timers/promises';
import { extract, type Header } from 'tar-stream';
import { reasonOf } from '../../../errors.js';
import { memberName, type Member } from './member.js';

type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

/** Of any other type a file is what it holds, as POSIX has it. */
const NO_FILES: ReadonlySet<Header['type']> = new Set([
  'link',
  'symlink',
  'block-device',
  'character-device',
  'fifo',
]);

/** A piece is cut into these, so that few parts are in memory at a time. */
const WRITE = 64 << 10;

/** The members in their order. Throws, after those before the break, where the archive cannot be read on. */
export async function* tarMembers(source: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const broken: { error?: unknown } = {};
  const parts = guarded(partsOf(source), broken);
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.kind !== 'header' || part.value.header.type === 'directory') continue;
    const { name, size, type } = part.value.header;
    yield { name: memberName(name), size, isFile: !NO_FILES.has(type), bytes: bytesOf(parts) };
  }
  if (broken.error !== undefined) throw broken.error;
}

/** Throws what broke the archive to whoever reads a member at that time, and keeps it for later. */
async function* guarded(parts: AsyncIterable<Part>, broken: { error?: unknown }) {
  try {
    yield* parts;
  } catch (error) {
    broken.error = error;
    throw error;
  }
}

async function* bytesOf(parts: AsyncIterator<Part>): AsyncGenerator<Buffer> {
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.kind === 'end') return;
    if (part.value.kind === 'bytes') yield part.value.bytes;
  }
}

async function* partsOf(source: AsyncIterable<Buffer>): AsyncGenerator<Part> {
  const unpack = extract();
  const parts: Part[] = [];
  const fate: { error?: unknown; settle?: () => void } = {};
  const settled = (call: (settle: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      fate.settle = resolve;
      call(resolve);
    });
  // Listening, instead of iterating, keeps what was read before an error.
  unpack.on('entry', (header, stream, next) => {
    parts.push({ kind: 'header', header });
    stream.on('data', (bytes) => parts.push({ kind: 'bytes', bytes: bytes as Buffer }));
    stream.on('error', () => undefined);
    stream.on('end', () => {
      parts.push({ kind: 'end' });
      next();
    });
  });
  unpack.on('drain', () => fate.settle?.());
  unpack.on('finish', () => fate.settle?.());
  unpack.on('error', (error: unknown) => {
    fate.error = error;
    fate.settle?.();
  });
  try {
    for await (const piece of source)
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        await settled((settle) => {
          if (unpack.write(part)) settle();
        });
        // What it gives comes in a later turn than that it takes more.
        await setImmediate();
        yield* parts.splice(0);
        if (fate.error !== undefined) throw new Error(tarReason(fate.error));
      }
    await settled(() => unpack.end(null));
    yield* parts.splice(0);
    if (fate.error !== undefined) throw new Error(tarReason(fate.error));
  } finally {
    unpack.destroy(null);
  }
}

function tarReason(error: unknown): string {
  const message = reasonOf(error);
  return message === 'Unexpected end of data'
    ? 'a tar archive that is cut short'
    : `broken tar archive: ${message}`;
}
