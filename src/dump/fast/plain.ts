/**
 * The fast reader: reads a log of a plain shape, `{"Records": […]}` as CloudTrail writes it, or a record in each line, or a part
 * of such a log, without parsing most of its records. It counts them by account, region, hour and kind, and lists only the records
 * that must be parsed: those that a rule may match, and those that only parsing can classify.
 */
import { readInstant } from '../../cloudtrail/time/time.js';
import { hourOf } from '../../cloudtrail/time/hour-span.js';
import type { Window } from '../../cloudtrail/time/window.js';
import { isAscii } from '../../cloudtrail/field/columns.js';
import type { Requirement } from '../../cloudtrail/requirement.js';
import type { RecordGroup } from '../dump.js';
import * as at from './layout.js';
import { writeFilter } from './filter/filter.js';
import { kindOfGroup, writeKindWords } from './record/kinds.js';
import { Memory, type Scanned } from './memory.js';
import { hasLines, type PlainShape } from './shape.js';

export interface PlainLog {
  readonly shape: PlainShape;
  /** In memory that the next `read` overwrites. */
  readonly text: Buffer;
  readonly records: number;
  readonly toParse: readonly PlainRecord[];
  /** Counts of the other records, inside and outside the window. */
  readonly groups: readonly PlainGroup[];
  /** Hashes of the keys that its records issue: see `KeyIndex`. Undefined where they were not asked for. */
  readonly issued: Uint32Array | undefined;
}

/** Some records of a log, one after the other. */
export interface PlainPart extends Pick<
  PlainLog,
  'shape' | 'text' | 'records' | 'toParse' | 'groups'
> {
  /** Where in the text the last of them ends. */
  readonly end: number;
}

/** A record to be parsed: where in the text it begins and ends, and its number from 1. */
export interface PlainRecord {
  readonly start: number;
  readonly end: number;
  readonly number: number;
}

export interface PlainGroup {
  readonly cell: RecordGroup;
  readonly inWindow: boolean;
}

// Only the blanks of JSON: `\s` has others.
const HEAD = /^[ \t\r\n]*\{[ \t\r\n]*"Records"[ \t\r\n]*:[ \t\r\n]*\[[ \t\r\n]*$/;
const TAIL = /^[ \t\r\n]*\][ \t\r\n]*\}[ \t\r\n]*$/;
const BLANK = /^[ \t\r\n]*$/;
const OPEN_OBJECT = 0x7b;

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

  /**
   * Reads some records of a log of this shape: as many as it can up to the last one behind which another begins. Undefined if
   * that is none, or if the text does not begin with the bracket of a record.
   */
  readPart(text: Buffer, shape: PlainShape): PlainPart | undefined {
    try {
      return this.#scanPart(text, shape);
    } catch {
      this.#memory = undefined;
      return undefined;
    }
  }

  #scan(log: Buffer, maxUnpacked: number): PlainLog | undefined {
    const memory = (this.#memory ??= memoryFor(this.#settings));
    const loaded = memory.load(log, maxUnpacked);
    if (loaded === undefined) return undefined;
    const { start, end } = loaded;
    const shape = hasLines(memory.bytes.subarray(start, end)) ? 'lines' : 'list';
    const { out, answers } = memory.scan(loaded, shape);
    if (answers < 0) return undefined;
    const { bytes, view } = memory;
    const firstStart = view.getUint32(at.FIRST_START, true);
    const lastEnd = view.getUint32(at.LAST_END, true);
    if (firstStart === 0 || lastEnd === 0) return undefined;
    const [head, tail] = shape === 'lines' ? [BLANK, BLANK] : [HEAD, TAIL];
    const isPlain =
      head.test(edgeIn(bytes, start, firstStart)) && tail.test(edgeIn(bytes, lastEnd, end));
    const groups = isPlain ? groupsIn(memory) : undefined;
    if (groups === undefined) return undefined;
    // Lines without a certain event may be of anything. Who reads them otherwise asks whether the file is a log at all.
    if (shape === 'lines' && groups.length === 0) return undefined;
    const issued = this.#settings.notesKeys ? memory.issuedKeys() : undefined;
    const toParse = recordsIn(memory, { start, out, answers });
    return {
      shape,
      text: bytes.subarray(start, end),
      records: recordCount(groups) + answers,
      toParse,
      groups,
      issued,
    };
  }

  #scanPart(text: Buffer, shape: PlainShape): PlainPart | undefined {
    const isPart = shape === 'lines' ? hasLines(text) : text[0] === OPEN_OBJECT;
    if (!isPart) return undefined;
    const memory = (this.#memory ??= memoryFor(this.#settings));
    const { start, out, answers } = memory.scanPart(text, shape);
    const lastEnd = memory.view.getUint32(at.LAST_END, true);
    const groups = lastEnd === 0 ? undefined : groupsIn(memory);
    if (groups === undefined) return undefined;
    const toParse = recordsIn(memory, { start, out, answers });
    const records = recordCount(groups) + answers;
    return { shape, text, records, toParse, groups, end: lastEnd - start };
  }
}

function recordsIn({ view }: Memory, { start, out, answers }: Scanned): readonly PlainRecord[] {
  const records: PlainRecord[] = [];
  for (let index = 0; index < answers; index++) {
    const address = out + index * at.ANSWER_BYTES;
    records.push({
      start: view.getUint32(address, true) - start,
      end: view.getUint32(address + 4, true) - start,
      number: view.getUint32(address + 8, true) + 1,
    });
  }
  return records;
}

function recordCount(groups: readonly PlainGroup[]): number {
  return groups.reduce((total, { cell }) => total + cell.records, 0);
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

/** What stands before the first record or after the last one; a text of no shape where that is too long. */
function edgeIn(bytes: Buffer, start: number, end: number): string {
  return end - start <= at.MOST_EDGE ? bytes.toString('latin1', start, end) : '?';
}

/** The counted groups. Undefined if only parsing can classify one of them. */
function groupsIn({ bytes, view }: Memory): readonly PlainGroup[] | undefined {
  const groups: PlainGroup[] = [];
  const count = view.getUint32(at.GROUPS_COUNT, true);
  const textAt = (pointer: number, length: number): string => {
    const start = view.getUint32(pointer, true);
    return bytes.toString('latin1', start, start + length);
  };
  for (let index = 0; index < count; index++) {
    const group = at.GROUPS + index * at.GROUP_BYTES;
    const account = textAt(
      group + at.OF_ACCOUNT,
      view.getUint16(group + at.OF_ACCOUNT_LENGTH, true),
    );
    const region = textAt(group + at.OF_REGION, view.getUint16(group + at.OF_REGION_LENGTH, true));
    const tag = view.getUint32(group + at.OF_TAG, true);
    const source = textAt(group + at.OF_SOURCE, tag >>> 16);
    const first = readInstant(textAt(group + at.OF_FIRST, at.TIME));
    const last = readInstant(textAt(group + at.OF_LAST, at.TIME));
    if (first === undefined || last === undefined) return undefined;
    if (!isAscii(account) || !isAscii(region) || !isAscii(source)) return undefined;
    groups.push({
      cell: {
        account,
        region,
        kind: kindOfGroup((tag >>> 1) & 0x7fff, source),
        hour: hourOf(first),
        first,
        last,
        records: view.getUint32(group + at.OF_RECORDS, true),
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
