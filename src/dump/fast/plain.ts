/**
 * Reads a log of the plain shape, `{"Records": […]}` as CloudTrail writes it, at the speed of memory: its records are
 * counted, and only those are told that a rule may match, or of which only a parse can say what they are.
 */
import { readInstant } from '../../cloudtrail/time.js';
import { HOUR, type Window } from '../../cloudtrail/window.js';
import type { CoverageCell } from '../dump.js';
import * as at from './layout.js';
import { Memory } from './memory.js';

export interface PlainLog {
  /** Lies in memory that the next reading overwrites. */
  readonly text: Buffer;
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

const HEAD = /^\s*\{\s*"Records"\s*:\s*\[\s*$/;
const TAIL = /^\s*\]\s*\}\s*$/;
/** What may stand before the first record and behind the last. */
const MOST_EDGE = 256;

export class PlainReader {
  readonly #names: ReadonlySet<string>;
  readonly #window: Window;
  #memory: Memory | undefined;

  /** `names` are event names, those in lower case standing for any case, of which rules may match records. */
  constructor(names: ReadonlySet<string>, window: Window) {
    this.#names = names;
    this.#window = window;
  }

  /**
   * What a whole log holds, be it packed in gzip; undefined where it is not of the plain shape, not sound, or of more than
   * `most` bytes, and is to be read in another way.
   */
  read(log: Buffer, most = Infinity): PlainLog | undefined {
    const memory = (this.#memory ??= memoryFor(this.#names, this.#window));
    const placed = memory.place(log, most);
    if (placed === undefined) return undefined;
    const { out, answers } = memory.scan(placed);
    if (answers < 0) return undefined;
    const { start, end } = placed;
    const { bytes } = memory;
    const firstStart = bytes.readUInt32LE(at.FIRST_START);
    const lastEnd = bytes.readUInt32LE(at.LAST_END);
    if (firstStart === 0 || lastEnd === 0) return undefined;
    if (!isEdge(bytes, start, firstStart, HEAD) || !isEdge(bytes, lastEnd, end, TAIL))
      return undefined;
    const groups = groupsIn(bytes);
    if (groups === undefined) return undefined;
    const parse = Array.from({ length: answers }, (_, index) => {
      const place = out + index * at.ANSWER_BYTES;
      return {
        start: bytes.readUInt32LE(place) - start,
        end: bytes.readUInt32LE(place + 4) - start,
        number: bytes.readUInt32LE(place + 8) + 1,
      };
    });
    const counted = groups.reduce((total, { cell }) => total + cell.records, 0);
    return { text: bytes.subarray(start, end), records: counted + answers, parse, groups };
  }
}

/** A memory in which it is written what to look for. */
function memoryFor(names: ReadonlySet<string>, window: Window): Memory {
  const memory = new Memory();
  const { bytes } = memory;
  for (const name of names) {
    const hash = hashOf(name);
    const byte = at.WANTED + (hash >> 3);
    bytes[byte] = (bytes[byte] ?? 0) | (1 << (hash & 7));
  }
  bytes.set(Buffer.from(boundText(window.since, '0')), at.SINCE);
  bytes.set(Buffer.from(boundText(window.until, '9')), at.UNTIL);
  return memory;
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
