/** How far a reading is, told as it goes on: within large files too. */
import { bytesIn, type FoundFile } from '../find/discover.js';
import type { DumpProgress } from '../dump.js';

/** What one reader of files tells. The records that this thread reads are counted anyway; another's are to be told. */
export interface Share {
  /** So much was read, up to now, of its files that are not done. */
  readonly read: (bytes: number, records?: number) => void;
  /** These files are done, and had so many records. */
  readonly done: (files: readonly FoundFile[], records?: number) => void;
}

export class Progress {
  readonly #counted: () => number;
  readonly #tell: ((progress: DumpProgress) => void) | undefined;
  #bytes = 0;
  #records = 0;
  #expected: number | undefined;
  /** What was read beyond the sizes that were known beforehand. */
  #beyond = 0;

  /** `counted` says how many records this thread has read. */
  constructor(counted: () => number, tell: ((progress: DumpProgress) => void) | undefined) {
    this.#counted = counted;
    this.#tell = tell;
  }

  /** Nothing but these files is left to be read: from now on there is a total. */
  expect(files: readonly FoundFile[]): void {
    this.#expected = bytesIn(files);
    this.#say();
  }

  /** A part of the work, for one reader. */
  share(): Share {
    let part = { bytes: 0, records: 0 };
    const read = (bytes: number, records = 0): void => {
      this.#bytes += bytes - part.bytes;
      this.#records += records - part.records;
      part = { bytes, records };
      this.#say();
    };
    const done = (files: readonly FoundFile[], records = 0): void => {
      const size = bytesIn(files);
      // A stream has no size beforehand, and a log may still grow.
      const bytes = Math.max(part.bytes, size);
      this.#beyond += bytes - size;
      read(bytes, records);
      part = { bytes: 0, records: 0 };
    };
    return { read, done };
  }

  #say(): void {
    const total = this.#expected === undefined ? undefined : this.#expected + this.#beyond;
    this.#tell?.({
      bytes: this.#bytes,
      // Where more was read than there was, nobody knows how much it will be.
      totalBytes: total === undefined || total < this.#bytes ? undefined : total,
      records: this.#counted() + this.#records,
    });
  }
}

/** Whether a file is read in several pieces, being larger than `small`, so that there is something to tell before its end. */
export function hasParts({ size }: FoundFile, small: number): boolean {
  return size === 0 || size > small;
}

/** The same bytes; `read` hears how many were taken, when the next ones are asked for. */
export async function* heard(
  bytes: AsyncIterable<Buffer>,
  read: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let taken = 0;
  for await (const piece of bytes) {
    yield piece;
    taken += piece.length;
    read(taken);
  }
}
