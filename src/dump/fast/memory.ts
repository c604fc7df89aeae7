/** The memory of the WebAssembly that reads plain logs: a text is brought into it, out of gzip or as it is. */
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { MAX_WHOLE, MOST_DEFLATED } from '../open/unpack-budget.js';
import * as at from './layout.js';

// Of Node's own, which its types do not have.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly records: (from: number, end: number, out: number) => number;
  readonly inflate: (from: number, end: number, out: number, outEnd: number) => number;
}

/** Where a text lies in the memory. */
export interface Placed {
  readonly start: number;
  readonly end: number;
}

const PAGE = 0x10000;
/** RFC 1952: a head of ten bytes, a tail of a checksum and a length. */
const HEAD = 10;
const TAIL = 8;
const HAS_NAME = 8;

let compiled: object | undefined;

export class Memory {
  readonly #exports: Exports;
  #bytes: Buffer;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('./scan.wasm', import.meta.url)));
    this.#exports = new WebAssembly.Instance(compiled, {}).exports as Exports;
    this.#bytes = Buffer.from(this.#exports.memory.buffer);
  }

  /** All of it, as it is now: it moves where more is placed. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** Brings a text in, as it is or out of gzip; undefined where it is larger than `most`, or not sound gzip of one member. */
  place(bytes: Buffer, most: number): Placed | undefined {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return isGzip ? this.#unpack(bytes, Math.min(most, MAX_WHOLE)) : this.#copy(bytes);
  }

  /** Finds the records of a placed text: the answers lie at `out`, as many as are given; -1 where it is none of the shape. */
  scan({ start, end }: Placed): { readonly out: number; readonly answers: number } {
    const out = align(end + at.BLANKS);
    // A record is never shorter than what an answer takes.
    this.#reserve(out + (end - start) + PAGE);
    this.#bytes.fill(0x20, end, end + at.BLANKS);
    return { out, answers: this.#exports.records(start, end, out) };
  }

  #copy(text: Buffer): Placed | undefined {
    if (text.length > MAX_WHOLE) return undefined;
    const end = at.TEXT + text.length;
    this.#reserve(end);
    this.#bytes.set(text, at.TEXT);
    return { start: at.TEXT, end };
  }

  #unpack(packed: Buffer, most: number): Placed | undefined {
    const body = bodyOf(packed);
    if (body === undefined) return undefined;
    const tail = packed.length - TAIL;
    const length = packed.readUInt32LE(tail + 4);
    if (length > most || length > MOST_DEFLATED * packed.length) return undefined;
    const from = at.TEXT + body;
    const end = at.TEXT + tail;
    const start = align(end + at.INPUT_SLACK);
    this.#reserve(start + length + at.OUTPUT_SLACK);
    this.#bytes.set(packed, at.TEXT);
    const unpacked = this.#exports.inflate(from, end, start, start + length);
    if (unpacked !== length || this.#bytes.readUInt32LE(at.TAKEN) !== end - from) return undefined;
    const text = this.#bytes.subarray(start, start + length);
    return crc32(text) === packed.readUInt32LE(tail) ? { start, end: start + length } : undefined;
  }

  #reserve(bytes: number): void {
    const { memory } = this.#exports;
    const missing = bytes - memory.buffer.byteLength;
    if (missing <= 0) return;
    // Half as much again as is there, at least: the logs of a trail are of all sizes.
    memory.grow(Math.ceil(Math.max(missing, memory.buffer.byteLength / 2) / PAGE));
    this.#bytes = Buffer.from(memory.buffer);
  }
}

/** Where the deflated part of gzip begins; undefined where its head is of a rare kind. */
function bodyOf(packed: Buffer): number | undefined {
  const [, , method, flags = 0] = packed;
  if (packed.length < HEAD + TAIL || method !== 8 || (flags & ~HAS_NAME) !== 0) return undefined;
  if (flags === 0) return HEAD;
  const nameEnd = packed.indexOf(0, HEAD);
  return nameEnd < 0 || nameEnd >= packed.length - TAIL ? undefined : nameEnd + 1;
}

function align(place: number): number {
  return Math.ceil(place / 16) * 16;
}
