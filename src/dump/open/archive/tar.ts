/** Reads the members of a tar archive from a stream. Memory holds one piece of it at a time. */
import { setImmediate } from 'node:timers/promises';
import { extract, type Header } from 'tar-stream';
import { reasonOf } from '../../../errors.js';
import { memberName, type Member } from './member.js';

type TarPart =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'end' };

/** POSIX: an entry of any unknown type is to be treated as a regular file. */
const NOT_FILES: ReadonlySet<Header['type']> = new Set([
  'link',
  'symlink',
  'block-device',
  'character-device',
  'fifo',
]);

/** How many bytes are parsed at a time, so that few parts are in memory. */
const WRITE = 64 << 10;

/** The members in their order. At damage, it throws after the members before. */
export async function* tarMembers(source: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const broken: { error?: unknown } = {};
  const parts = recordingError(partsOf(source), broken);
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.kind !== 'header' || part.value.header.type === 'directory') continue;
    const { name, size, type } = part.value.header;
    yield { name: memberName(name), size, isFile: !NOT_FILES.has(type), bytes: bytesOf(parts) };
  }
  if (broken.error !== undefined) throw broken.error;
}

/**
 * Records an error before throwing it. It is thrown to the reader of the current member, which may swallow it; `tarMembers`
 * throws it again.
 */
async function* recordingError(parts: AsyncIterable<TarPart>, broken: { error?: unknown }) {
  try {
    yield* parts;
  } catch (error) {
    broken.error = error;
    throw error;
  }
}

async function* bytesOf(parts: AsyncIterator<TarPart>): AsyncGenerator<Buffer> {
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.kind === 'end') return;
    if (part.value.kind === 'bytes') yield part.value.bytes;
  }
}

async function* partsOf(source: AsyncIterable<Buffer>): AsyncGenerator<TarPart> {
  const unpack = extract();
  const parts: TarPart[] = [];
  const state: { error?: unknown; settle?: () => void } = {};
  const settled = (call: (settle: () => void) => void): Promise<void> =>
    new Promise((resolve) => {
      state.settle = resolve;
      call(resolve);
    });
  // Event listeners, because iterating loses what was read before an error.
  unpack.on('entry', (header, stream, next) => {
    parts.push({ kind: 'header', header });
    stream.on('data', (bytes) => parts.push({ kind: 'bytes', bytes: bytes as Buffer }));
    stream.on('error', () => undefined);
    stream.on('end', () => {
      parts.push({ kind: 'end' });
      next();
    });
  });
  unpack.on('drain', () => state.settle?.());
  unpack.on('finish', () => state.settle?.());
  unpack.on('error', (error: unknown) => {
    state.error = error;
    state.settle?.();
  });
  try {
    for await (const piece of source)
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        await settled((settle) => {
          if (unpack.write(part)) settle();
        });
        // The parser emits entries in a later turn of the event loop than `drain`.
        await setImmediate();
        yield* parts.splice(0);
        if (state.error !== undefined) throw new Error(tarReason(state.error));
      }
    await settled(() => unpack.end(null));
    yield* parts.splice(0);
    if (state.error !== undefined) throw new Error(tarReason(state.error));
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
