/**
 * The fast reader: reads a log of the plain shape, `{"Records": […]}` as CloudTrail writes it, without parsing most of its
 * records. It counts them by account, region, hour and kind, and lists only the records that must be parsed: those that a rule may
 * match, and those that only parsing can classify.
 */
import { readInstant } from '../../cloudtrail/time/time.js';
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import type { Requirement } from '../../cloudtrail/requirement.js';
import type { RecordGroup } from '../dump.js';
import * as at from './layout.js';
import { writeFilter } from './filter/filter.js';
import { kindOfGroup, writeKindWords } from './record/kinds.js';
import { Memory } from './memory.js';

export interface PlainLog {
  /** In memory that the next `read` overwrites. */
  readonly text: Buffer;
  readonly records: number;
  /** The records to be parsed: where in the text they begin and end, and their numbers from 1. */
  readonly toParse: readonly {
    readonly start: number;
    readonly end: number;
    readonly number: number;
  }[];
  /** Counts of the other records, inside and outside the window. */
  readonly groups: readonly PlainGroup[];
  /** Hashes of the keys that its records issue: see `KeyIndex`. Undefined where they were not asked for. */
  readonly issued: Uint32Array | undefined;
}

export interface PlainGroup {
  readonly cell: RecordGroup;
  readonly inWindow: boolean;
}

// Only the blanks of JSON: `\s` has others.
const HEAD = /^[ \t\r\n]*\{[ \t\r\n]*"Records"[ \t\r\n]*:[ \t\r\n]*\[[ \t\r\n]*$/;
const TAIL = /^[ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*$/;
/** The most bytes before the first record and after the last one. */
const MAX_EDGE = 256;

export interface PlainSettings {
  /** See `DumpRequest.required`. */
  readonly required: Requirement;
  readonly window: Window;
  /** See `DumpRequest.notesKeys`. */
  readonly notesKeys?: boolean;
}

export class PlainReader {
  readonly #settings: PlainSettings;
  #memory: Memory | undefined;

  constructor(settings: PlainSettings) {
    this.#settings = settings;
  }

  /**
   * Reads a whole log, gzip or not. Undefined if it must be read in another way: it has another shape, is damaged, or unpacks
   * to more than `maxUnpacked` bytes.
   */
  read(log: Buffer, maxUnpacked = Infinity): PlainLog | undefined {
    try {
      return this.#scan(log, maxUnpacked);
    } catch {
      // The last resort, for faults that no test has found. The memory may be in any state.
      this.#memory = undefined;
      return undefined;
    }
  }

  /**
   * The text of a whole gzip, in memory that the next call overwrites, without a look at it. Undefined if it must be unpacked in
   * another way.
   */
  unpacked(packed: Buffer, maxUnpacked: number): Buffer | undefined {
    try {
      const memory = (this.#memory ??= memoryFor(this.#settings));
      const loaded = memory.load(packed, maxUnpacked);
      return loaded && memory.bytes.subarray(loaded.start, loaded.end);
    } catch {
      this.#memory = undefined;
      return undefined;
    }
  }

  #scan(log: Buffer, maxUnpacked: number): PlainLog | undefined {
    const memory = (this.#memory ??= memoryFor(this.#settings));
    const loaded = memory.load(log, maxUnpacked);
    if (loaded === undefined) return undefined;
    const { out, answers } = memory.scan(loaded);
    if (answers < 0) return undefined;
    const { start, end } = loaded;
    const { bytes } = memory;
    const firstStart = bytes.readUInt32LE(at.FIRST_START);
    const lastEnd = bytes.readUInt32LE(at.LAST_END);
    if (firstStart === 0 || lastEnd === 0) return undefined;
    const head = bytes.subarray(start, firstStart);
    const tail = bytes.subarray(lastEnd, end);
    if (!isEdge(head, HEAD) || !isEdge(tail, TAIL)) return undefined;
    const groups = groupsIn(bytes);
    if (groups === undefined) return undefined;
    const toParse = Array.from({ length: answers }, (_, index) => {
      const address = out + index * at.ANSWER_BYTES;
      return {
        start: bytes.readUInt32LE(address) - start,
        end: bytes.readUInt32LE(address + 4) - start,
        number: bytes.readUInt32LE(address + 8) + 1,
      };
    });
    const counted = groups.reduce((total, { cell }) => total + cell.records, 0);
    const issued = this.#settings.notesKeys ? memory.issuedKeys() : undefined;
    return {
      text: bytes.subarray(start, end),
      records: counted + answers,
      toParse,
      groups,
      issued,
    };
  }
}

/** A memory with the requirement and the window written into it. */
function memoryFor({ required, window }: PlainSettings): Memory {
  const memory = new Memory();
  const { bytes } = memory;
  writeFilter(bytes, required);
  writeKindWords(bytes);
  bytes.set(Buffer.from(boundText(window.since, '0')), at.SINCE);
  bytes.set(Buffer.from(boundText(window.until, '9')), at.UNTIL);
  return memory;
}

function isEdge(bytes: Buffer, shape: RegExp): boolean {
  return bytes.length <= MAX_EDGE && shape.test(bytes.toString('latin1'));
}

/** The counted groups. Undefined if only parsing can classify one of them. */
function groupsIn(bytes: Buffer): readonly PlainGroup[] | undefined {
  const groups: PlainGroup[] = [];
  const count = bytes.readUInt32LE(at.GROUPS_COUNT);
  for (let index = 0; index < count; index++) {
    const group = at.GROUPS + index * at.GROUP_BYTES;
    const pointer = (offset: number): number => bytes.readUInt32LE(group + offset);
    const text = (from: number, length: number): string =>
      bytes.toString('latin1', from, from + length);
    const account = text(pointer(0), bytes.readUInt16LE(group + 24));
    const region = text(pointer(4), bytes.readUInt16LE(group + 26));
    const tag = pointer(28);
    const source = text(pointer(32), tag >>> 16);
    const first = readInstant(text(pointer(12), at.TIME));
    const last = readInstant(text(pointer(16), at.TIME));
    if (first === undefined || last === undefined) return undefined;
    // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
    if (!/^[\x00-\x7f]*$/.test(account + region + source)) return undefined;
    const hour = Math.floor(first / HOUR) * HOUR;
    groups.push({
      cell: {
        account,
        region,
        kind: kindOfGroup((tag >>> 1) & 0x7fff, source),
        hour,
        first,
        last,
        records: pointer(20),
      },
      inWindow: (tag & 1) === 1,
    });
  }
  return groups;
}

/**
 * A bound of the window as text of whole seconds. Rounding up is exact here: a time of whole seconds is before the rounded
 * bound if and only if it is before the bound. `open` fills the text that stands for no bound.
 */
function boundText(bound: number | undefined, open: '0' | '9'): string {
  if (bound === undefined) return `${open.repeat(4)}-${open.repeat(2)}`.padEnd(at.TIME, open);
  const second = Math.ceil(bound / 1000) * 1000;
  return `${new Date(second).toISOString().slice(0, 19)}Z`;
}
