/**
 * Reads a log of the plain shape, `{"Records": […]}` as CloudTrail writes it, at the speed of memory: its records are
 * counted, and only those are told that a rule may match, or of which only a parse can say what they are.
 */
import { readFileSync } from 'node:fs';
import { readInstant } from '../../cloudtrail/time.js';
import { HOUR, type Window } from '../../cloudtrail/window.js';
import type { CoverageCell } from '../dump.js';
import * as at from './layout.js';

export interface PlainLog {
  /** How many records there are. */
  readonly records: number;
  /** Records that are to be parsed: where in the text they begin and end, and their numbers from 1. */
  readonly parse: readonly {
    readonly start: number;
    readonly end: number;
    readonly number: number;
  }[];
  /** The others, counted, in the window and out of it. */
  readonly groups: readonly PlainGroup[];
}

export interface PlainGroup {
  readonly cell: CoverageCell & { readonly first: number; readonly last: number };
  readonly inWindow: boolean;
}

// Of Node's own, which its types do not have.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
};

interface Scan {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly records: (from: number, end: number, out: number) => number;
}

let compiled: object | undefined;

/** Texts beyond this are read in another way, so that memory stays bounded. */
const MOST_BYTES = 64 << 20;
const PAGE = 0x10000;

const HEAD = /^\s*\{\s*"Records"\s*:\s*\[\s*$/;
const TAIL = /^\s*\]\s*\}\s*$/;
/** What may stand before the first record and behind the last. */
const MOST_EDGE = 256;

export class PlainReader {
  readonly #scan: Scan;

  /** `names` are event names, those in lower case standing for any case, of which rules may match records. */
  constructor(names: ReadonlySet<string>, window: Window) {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('./scan.wasm', import.meta.url)));
    this.#scan = new WebAssembly.Instance(compiled, {}).exports as Scan;
    const memory = new Uint8Array(this.#scan.memory.buffer);
    for (const name of names) {
      const hash = hashOf(name);
      const byte = at.WANTED + (hash >> 3);
      memory[byte] = (memory[byte] ?? 0) | (1 << (hash & 7));
    }
    memory.set(Buffer.from(boundText(window.since, '0')), at.SINCE);
    memory.set(Buffer.from(boundText(window.until, '9')), at.UNTIL);
  }

  /** What a whole text holds; undefined where it is not of the plain shape, and is to be read in another way. */
  read(text: Buffer): PlainLog | undefined {
    if (text.length > MOST_BYTES) return undefined;
    const out = align(at.TEXT + text.length + at.BLANKS);
    // A record is never shorter than what an answer takes.
    this.#reserve(out + text.length + PAGE);
    const { memory, records } = this.#scan;
    const bytes = Buffer.from(memory.buffer);
    bytes.set(text, at.TEXT);
    const end = at.TEXT + text.length;
    bytes.fill(0x20, end, end + at.BLANKS);
    const answers = records(at.TEXT, end, out);
    if (answers < 0) return undefined;
    const firstStart = bytes.readUInt32LE(at.FIRST_START);
    const lastEnd = bytes.readUInt32LE(at.LAST_END);
    if (firstStart === 0 || lastEnd === 0) return undefined;
    if (!isEdge(bytes, at.TEXT, firstStart, HEAD) || !isEdge(bytes, lastEnd, end, TAIL))
      return undefined;
    const groups = groupsIn(bytes);
    if (groups === undefined) return undefined;
    const parse = Array.from({ length: answers }, (_, index) => {
      const place = out + index * at.ANSWER_BYTES;
      return {
        start: bytes.readUInt32LE(place) - at.TEXT,
        end: bytes.readUInt32LE(place + 4) - at.TEXT,
        number: bytes.readUInt32LE(place + 8) + 1,
      };
    });
    const counted = groups.reduce((total, { cell }) => total + cell.records, 0);
    return { records: counted + answers, parse, groups };
  }

  #reserve(bytes: number): void {
    const { memory } = this.#scan;
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  }
}

function align(place: number): number {
  return Math.ceil(place / 16) * 16;
}

function isEdge(bytes: Buffer, from: number, to: number, shape: RegExp): boolean {
  return to - from <= MOST_EDGE && shape.test(bytes.toString('latin1', from, to));
}

/** The counted groups; undefined where the time of one is none. */
function groupsIn(bytes: Buffer): readonly PlainGroup[] | undefined {
  const groups: PlainGroup[] = [];
  const count = bytes.readUInt32LE(at.GROUPS_COUNT);
  for (let index = 0; index < count; index++) {
    const place = at.GROUPS + index * at.GROUP_BYTES;
    const pointer = (offset: number): number => bytes.readUInt32LE(place + offset);
    const text = (from: number, length: number): string =>
      bytes.toString('latin1', from, from + length);
    const account = text(pointer(0), bytes.readUInt16LE(place + 24));
    const region = text(pointer(4), bytes.readUInt16LE(place + 26));
    const first = readInstant(text(pointer(12), at.TIME));
    const last = readInstant(text(pointer(16), at.TIME));
    // What is no time, or no ASCII, only a parse can judge.
    if (first === undefined || last === undefined) return undefined;
    // oxlint-disable-next-line no-control-regex -- ASCII is what it says
    if (!/^[\x00-\x7f]*$/.test(account + region)) return undefined;
    const hour = Math.floor(first / HOUR) * HOUR;
    groups.push({
      cell: { account, region, hour, first, last, records: pointer(20) },
      inWindow: pointer(28) === 1,
    });
  }
  return groups;
}

/** A bound as whole seconds: a time of whole seconds is before it or not, as it is before or not the bound itself. */
function boundText(bound: number | undefined, open: '0' | '9'): string {
  if (bound === undefined) return `${open.repeat(4)}-${open.repeat(2)}`.padEnd(at.TIME, open);
  const second = Math.ceil(bound / 1000) * 1000;
  return `${new Date(second).toISOString().slice(0, 19)}Z`;
}

/** As `isMarked` in `record.as.ts` has it. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(name)) {
    const small = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    hash = Math.imul(hash ^ small, 0x01000193) >>> 0;
  }
  return (hash ^ (hash >>> 16)) & 0xffff;
}
