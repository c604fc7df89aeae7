/**
 * The decoder in WebAssembly, in a memory of which every byte outside its buffers is watched. The input, or the room for the
 * output, ends where the memory ends, so that to read or write further is a failure at once.
 */
import { readFileSync } from 'node:fs';
import { INPUT_SLACK, OUTPUT_SLACK, TAKEN, TEXT } from '../../src/dump/fast/layout.js';

// Node has it; the types of Node do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly crc32: (from: number, end: number) => number;
  // oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
  readonly inflate: (from: number, end: number, out: number, outEnd: number) => number;
}

/** A byte that stands where nothing has been written. */
const UNTOUCHED = 0xa5;

export interface Unpacked {
  readonly text: Buffer;
  /** How many bytes of the input the stream has. */
  readonly taken: number;
}

export class Unpacker {
  readonly #exports: Exports;
  readonly #bytes: Buffer;
  readonly #untouched: Buffer;

  constructor(root: string) {
    const module = new WebAssembly.Module(readFileSync(`${root}/src/dump/fast/scan.wasm`));
    this.#exports = new WebAssembly.Instance(module).exports as Exports;
    this.#bytes = Buffer.from(this.#exports.memory.buffer);
    this.#untouched = Buffer.alloc(this.#bytes.length, UNTOUCHED);
  }

  /** The longest input and output that there is room for together. */
  get room(): number {
    return this.#bytes.length - TEXT - INPUT_SLACK - OUTPUT_SLACK;
  }

  /**
   * Unpacks raw deflate to at most `most` bytes. Undefined if the decoder refuses it. Throws if it writes outside its buffers,
   * or reads beyond the memory. Texts of an odd length end where the memory ends, other ones begin there.
   */
  unpack(packed: Buffer, most: number): Unpacked | undefined {
    const bytes = this.#bytes;
    const isInputLast = packed.length % 2 === 0;
    const inputRoom = packed.length + INPUT_SLACK;
    const outputRoom = most + OUTPUT_SLACK;
    const from = isInputLast ? bytes.length - inputRoom : bytes.length - outputRoom - inputRoom;
    const out = isInputLast ? from - outputRoom : bytes.length - outputRoom;
    bytes.fill(UNTOUCHED, TEXT);
    bytes.set(packed, from);
    const length = this.#exports.inflate(from, from + packed.length, out, out + most);
    this.#check(TEXT, Math.min(out, from));
    this.#check(from + packed.length, isInputLast ? bytes.length : out);
    this.#check(out + outputRoom, isInputLast ? from : bytes.length);
    if (!bytes.subarray(from, from + packed.length).equals(packed))
      throw new Error('input changed');
    if (length < 0) return undefined;
    if (length > most) throw new Error(`${length} bytes, of ${most}`);
    return {
      text: Buffer.from(bytes.subarray(out, out + length)),
      taken: bytes.readUInt32LE(TAKEN),
    };
  }

  crc32(text: Buffer, offset: number): number {
    this.#bytes.set(text, TEXT + offset);
    return this.#exports.crc32(TEXT + offset, TEXT + offset + text.length) >>> 0;
  }

  #check(from: number, to: number): void {
    if (from < to && !this.#bytes.subarray(from, to).equals(this.#untouched.subarray(from, to)))
      throw new Error(`something was written between ${from} and ${to}`);
  }
}
