/**
 * The memory of the WebAssembly module that reads plain logs. Loads a text into it (unpacking gzip on the way) and calls the
 * module's functions.
 */
import { readFileSync } from 'node:fs';
import { MAX_WHOLE, MAX_DEFLATE_RATIO } from '../open/unpack-budget.js';
import * as at from './layout.js';
import type { PlainShape } from './shape.js';

// Node has it; the types of Node do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

// oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
type Scan = (from: number, end: number, out: number, room: number, isLines: boolean) => number;

interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly records: Scan;
  readonly someRecords: Scan;
  readonly issuedCount: () => number;
  readonly issuedKeys: () => number;
  // oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
  readonly inflate: (from: number, end: number, out: number, outEnd: number) => number;
  readonly crc32: (from: number, end: number) => number;
}

/** The addresses of a text's first byte and of the byte after its last. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** What a scan has found: the address of the text, that of the answers, and how many there are. */
export interface Scanned {
  readonly start: number;
  readonly out: number;
  readonly answers: number;
}

const PAGE = 0x10000;
/** RFC 1952: a gzip member begins with ten bytes, and ends with a checksum and the text's length. */
const HEAD = 10;
const TAIL = 8;
const HAS_NAME = 8;

const BLANKS = Buffer.alloc(at.BLANKS, ' ');
const NO_KEYS = new Uint32Array();

let compiled: object | undefined;

export class Memory {
  readonly #exports: ScanExports;
  #bytes: Buffer;
  #view: DataView;

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('./scan.wasm', import.meta.url)));
    this.#exports = new WebAssembly.Instance(compiled, {}).exports as ScanExports;
    const { buffer } = this.#exports.memory;
    this.#bytes = Buffer.from(buffer);
    this.#view = new DataView(buffer);
  }

  /** The whole memory. Invalid after the next `load` or `scan`: memory that grows moves. */
  get bytes(): Buffer {
    return this.#bytes;
  }

  /** The same memory, to read numbers from: several times as fast as from a buffer of Node. */
  get view(): DataView {
    return this.#view;
  }

  /**
   * Loads a text, unpacked if it is gzip. Undefined if it is too long for the fast reader or unpacks to more than `maxUnpacked`
   * bytes, or if the gzip is damaged or has several members.
   */
  load(bytes: Buffer, maxUnpacked: number): TextSpan | undefined {
    const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
    if (isGzip) return this.#unpack(bytes, Math.min(maxUnpacked, MAX_WHOLE));
    return bytes.length > MAX_WHOLE ? undefined : this.#copy(bytes);
  }

  /** Scans a loaded text. `answers` is how many answers begin at the address `out`; -1 if the text has another shape. */
  scan({ start, end }: TextSpan, shape: PlainShape): Scanned {
    const { out, room } = this.#roomBehind({ start, end });
    const answers = this.#exports.records(start, end, out, room, shape === 'lines');
    return { start, out, answers };
  }

  /** Copies a text that is a part of a log, and scans it. */
  scanPart(text: Buffer, shape: PlainShape): Scanned {
    const { start, end } = this.#copy(text);
    const { out, room } = this.#roomBehind({ start, end });
    const answers = this.#exports.someRecords(start, end, out, room, shape === 'lines');
    return { start, out, answers };
  }

  /** Puts blanks behind a text, and gives the addresses of the memory for answers and for marks. */
  #roomBehind({ start, end }: TextSpan): { readonly out: number; readonly room: number } {
    const out = align(end + at.BLANKS);
    const length = end - start;
    // An answer is never longer than the record that it is about.
    const room = out + length + PAGE;
    // The marks take a bit for each byte of the text and a byte for each 64.
    this.#reserve(room + Math.ceil(length / 8) + Math.ceil(length / 64) + at.MARK_SLACK + PAGE);
    this.#bytes.set(BLANKS, end);
    return { out, room };
  }

  /** Hashes of the keys that the records of the text issue that was scanned last. */
  issuedKeys(): Uint32Array {
    const { memory, issuedKeys, issuedCount } = this.#exports;
    const count = issuedCount();
    return count === 0 ? NO_KEYS : new Uint32Array(memory.buffer, issuedKeys(), count).slice();
  }

  #copy(text: Buffer): TextSpan {
    const end = at.TEXT + text.length;
    this.#reserve(end);
    this.#bytes.set(text, at.TEXT);
    return { start: at.TEXT, end };
  }

  #unpack(packed: Buffer, max: number): TextSpan | undefined {
    const body = bodyOf(packed);
    if (body === undefined) return undefined;
    const tail = packed.length - TAIL;
    const length = packed.readUInt32LE(tail + 4);
    if (length > max || length > MAX_DEFLATE_RATIO * packed.length) return undefined;
    const from = at.TEXT + body;
    const end = at.TEXT + tail;
    const start = align(end + at.INPUT_SLACK);
    this.#reserve(start + length + at.OUTPUT_SLACK);
    this.#bytes.set(packed, at.TEXT);
    const unpacked = this.#exports.inflate(from, end, start, start + length);
    if (unpacked !== length || this.#view.getUint32(at.TAKEN, true) !== end - from)
      return undefined;
    const isSound = this.#exports.crc32(start, start + length) === packed.readInt32LE(tail);
    return isSound ? { start, end: start + length } : undefined;
  }

  #reserve(bytes: number): void {
    const { memory } = this.#exports;
    const { length } = this.#bytes;
    if (bytes <= length) return;
    // By half at least, so that logs of increasing size do not make it grow each time.
    memory.grow(Math.ceil(Math.max(bytes - length, length / 2) / PAGE));
    this.#bytes = Buffer.from(memory.buffer);
    this.#view = new DataView(memory.buffer);
  }
}

/** Where the deflated data of a gzip member begins. Undefined if its header has rare optional fields. */
function bodyOf(packed: Buffer): number | undefined {
  // Not by destructuring, which goes by an iterator.
  const method = packed[2];
  const flags = packed[3] ?? 0;
  if (packed.length < HEAD + TAIL || method !== 8 || (flags & ~HAS_NAME) !== 0) return undefined;
  if (flags === 0) return HEAD;
  const nameEnd = packed.indexOf(0, HEAD);
  return nameEnd < 0 || nameEnd >= packed.length - TAIL ? undefined : nameEnd + 1;
}

/** The next address that is a multiple of 16. */
function align(address: number): number {
  return Math.ceil(address / 16) * 16;
}
