/**
 * Which files earlier runs have read, so that the search for late events reads only new ones. A file is forgotten when it is no
 * longer found. A file that could not be read as a whole is not remembered, so the next run reads it again.
 */
import { DAY } from '../cloudtrail/time/window.js';
import { shortHash, type ShortHash } from '../text/short-hash.js';
import { NumberedHashList } from './hash-list.js';

/** A file as it was found. */
export interface FoundLog {
  readonly path: string;
  readonly size: number;
  /** The time of its last change, or an ETag: another text for another content. */
  readonly version: string;
  /** The day in its path, as the instant of its midnight. */
  readonly day: number | undefined;
}

/** A file that was read. */
export interface ReadLog extends FoundLog {
  /** Whether nothing of it was lost or left out. */
  readonly isWhole: boolean;
  /** The earliest time of its records; Infinity where none has one. */
  readonly first: number;
}

export interface FileMemoryOptions {
  /** Of the runs before; the number of a file is the day, since 1970, up to which its events were looked at. */
  readonly known: NumberedHashList | undefined;
  /** The period of this run. */
  readonly since: number;
  readonly until: number;
  /** Whether the run searches for late events. */
  readonly hasLate: boolean;
}

export class FileMemory {
  readonly #options: FileMemoryOptions;
  /** Files that the hunt of the period read as a whole, by whether they may hold events from before it. */
  readonly #ofPeriod = new Map<ShortHash, boolean>();
  /** Files that the search for late events found and knows, or read as a whole: with the day up to which they were known. */
  readonly #ofLate = new Map<ShortHash, number>();
  #skipped = 0;

  constructor(options: FileMemoryOptions) {
    this.#options = options;
  }

  /** How many files the search for late events did not read. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Takes a file that the hunt of the period read. */
  addRead(file: ReadLog): void {
    if (file.isWhole) this.#ofPeriod.set(keyOf(file), file.first < this.#options.since);
  }

  /** Whether the search for late events need not read the file: all that it may find there was looked at. */
  isKnown(file: FoundLog): boolean {
    const key = keyOf(file);
    const knownUntil = this.#knownUntil(key, file.day);
    if (knownUntil === undefined) return false;
    this.#ofLate.set(key, knownUntil / DAY);
    this.#skipped += 1;
    return true;
  }

  /** Takes a file that the search for late events read. */
  addLateRead(file: ReadLog): void {
    // The hunt of the period may not have seen it: it came in between.
    if (file.isWhole) this.#ofLate.set(keyOf(file), this.#options.since / DAY);
  }

  /** The memory for the next run. */
  toBytes(): Buffer {
    const { until, hasLate } = this.#options;
    const files = new Map(this.#ofLate);
    for (const key of this.#ofPeriod.keys())
      if (!hasLate || files.has(key)) files.set(key, until / DAY);
    return NumberedHashList.of(files).bytes;
  }

  #knownUntil(key: ShortHash, day: number | undefined): number | undefined {
    const { known, since } = this.#options;
    // The hunt of the period has just read it, and it has no event from before.
    if (this.#ofPeriod.get(key) === false) return since;
    const knownUntil = known?.numberOf(key);
    if (knownUntil === undefined) return undefined;
    const until = knownUntil * DAY;
    if (until >= since) return until;
    // A file may be stored under the day before its events.
    return day !== undefined && day + 2 * DAY <= until ? until : undefined;
  }
}

function keyOf({ path, size, version }: FoundLog): ShortHash {
  return shortHash(`${path}\0${size}\0${version}`);
}
