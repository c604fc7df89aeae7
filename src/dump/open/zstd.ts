/**
 * Unpacks Zstandard: one frame, or several one after the other. Of a damaged file it gives all the text before the damage.
 * Node's own functions for it came after version 20.
 */
import { setImmediate } from 'node:timers/promises';
import type { UnpackBudget } from './unpack-budget.js';

/** How many packed bytes are unpacked at a time. */
const WRITE = 16 << 10;
const READ = 128 << 10;
/** A buffer in C: its address, its size and a position in it, of four bytes each. */
const BUFFER_BYTES = 12;

/** The functions of libzstd, compiled to WebAssembly. Numbers are addresses and sizes in its memory. */
interface Zstd {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly malloc: (bytes: number) => number;
  readonly free: (address: number) => void;
  readonly ZSTD_createDCtx: () => number;
  readonly ZSTD_freeDCtx: (context: number) => number;
  /** 0 at the end of a frame; a negative number is an error's code. */
  readonly ZSTD_decompressStream: (context: number, output: number, input: number) => number;
}

let loaded: Promise<Zstd> | undefined;

/** Loaded once in a thread, when the first file needs it. */
async function load(): Promise<Zstd> {
  const { ZSTDDecoder } = await import('zstddec/stream');
  let found: { readonly exports: object } | undefined;
  // The package's own functions go on for ever at damage, so only its WebAssembly is used.
  class Decoder extends ZSTDDecoder {
    override _init(result: WebAssembly.WebAssemblyInstantiatedSource): void {
      // oxlint-disable-next-line no-underscore-dangle -- the package's own name
      super._init(result);
      found = result.instance;
    }
  }
  await new Decoder().init();
  if (found === undefined) throw new Error('the Zstandard decoder does not start');
  return found.exports as Zstd;
}

/** The text of a Zstandard stream. At damage, it throws after it gave the text before. */
export async function* unzstd(
  source: AsyncIterable<Buffer>,
  budget: UnpackBudget,
): AsyncGenerator<Buffer> {
  const stream = new ZstdStream(await (loaded ??= load()));
  let read = 0;
  let written = 0;
  try {
    for await (const piece of source) {
      for (let start = 0; start < piece.length; start += WRITE) {
        const part = piece.subarray(start, start + WRITE);
        read += part.length;
        for (const text of stream.unpack(part)) {
          written += text.length;
          yield text;
          budget.spend(text.length);
          budget.checkRatio(written, read);
        }
        // Unpacking is synchronous: let signals and timers run in between.
        await setImmediate();
      }
    }
    if (!stream.isComplete) throw new Error('zstd that is cut short');
  } finally {
    stream.close();
  }
}

class ZstdStream {
  readonly #zstd: Zstd;
  readonly #context: number;
  /** One block of memory: the two buffers' descriptions, the packed bytes and the text. */
  readonly #block: number;
  isComplete = true;

  constructor(zstd: Zstd) {
    this.#zstd = zstd;
    this.#context = zstd.ZSTD_createDCtx();
    this.#block = zstd.malloc(2 * BUFFER_BYTES + WRITE + READ);
    if (this.#context === 0 || this.#block === 0) throw new Error('not enough memory for zstd');
  }

  /** The text that these bytes, at most `WRITE` of them, complete. Throws if they are damaged. */
  *unpack(packed: Buffer): Generator<Buffer> {
    const input = this.#block;
    const output = input + BUFFER_BYTES;
    const from = output + BUFFER_BYTES;
    const to = from + WRITE;
    this.#bytes(from, packed.length).set(packed);
    this.#describe(input, from, packed.length);
    for (let hasMore = true; hasMore;) {
      this.#describe(output, to, READ);
      const due = this.#zstd.ZSTD_decompressStream(this.#context, output, input);
      const length = this.#position(output);
      if (length > 0) yield Buffer.from(this.#bytes(to, length));
      if (due < 0) throw new Error(reasonOf(-due));
      this.isComplete = due === 0;
      const isFull = length === READ && !this.isComplete;
      hasMore = this.#position(input) < packed.length || isFull;
    }
  }

  close(): void {
    this.#zstd.ZSTD_freeDCtx(this.#context);
    this.#zstd.free(this.#block);
  }

  /** The memory moves when it grows, so that a view of it is good until the next call of the library only. */
  #bytes(address: number, length: number): Buffer {
    return Buffer.from(this.#zstd.memory.buffer, address, length);
  }

  #describe(buffer: number, address: number, size: number): void {
    const bytes = this.#bytes(buffer, BUFFER_BYTES);
    bytes.writeUInt32LE(address, 0);
    bytes.writeUInt32LE(size, 4);
    bytes.writeUInt32LE(0, 8);
  }

  #position(buffer: number): number {
    return this.#bytes(buffer, BUFFER_BYTES).readUInt32LE(8);
  }
}

/** Source: the error codes in zstd_errors.h, which are stable. */
function reasonOf(code: number): string {
  switch (code) {
    case 10:
      return 'broken zstd: what follows is no frame';
    case 16:
      return 'zstd with a window of more than 128 MB: unpack it first';
    case 22:
      return 'broken zstd: a checksum is wrong';
    case 32:
      return 'zstd that needs a dictionary: unpack it first';
    case 64:
      return 'zstd that needs too much memory: unpack it first';
    default:
      return `broken zstd: code ${code}`;
  }
}
