/** Reports how far a reading is, also within large files. */
import type { DumpProgress } from '../dump.js';
import { totalSize, type FoundFile } from '../find/discover.js';
import { piecesOf, type Bytes } from '../open/opened-stream.js';

/**
 * The progress of one reader. `records` is given by readers in other threads; records that this thread reads are counted
 * already.
 */
export interface ReaderProgress {
  /** How many bytes (and records) have been read so far of the files that are not done. */
  readonly read: (bytes: number, records?: number) => void;
  /** These files are done, and held this many records. */
  readonly done: (files: readonly FoundFile[], records?: number) => void;
}

export class ProgressMeter {
  readonly #recordsHere: () => number;
  readonly #report: ((progress: DumpProgress) => void) | undefined;
  #bytes = 0;
  #records = 0;
  #expectedBytes: number | undefined;
  /** Bytes that were read in addition to the sizes that files had when they were found. */
  #extraBytes = 0;

  /** `recordsHere` returns how many records this thread has read. */
  constructor(recordsHere: () => number, report: ((progress: DumpProgress) => void) | undefined) {
    this.#recordsHere = recordsHere;
    this.#report = report;
  }

  /** Only these files remain to be read: from now on, the total is known. */
  expect(files: readonly FoundFile[]): void {
    this.#expectedBytes = totalSize(files);
    this.#send();
  }

  /** For a reader that reads some of the files. */
  forReader(): ReaderProgress {
    let open = { bytes: 0, records: 0 };
    const read = (bytes: number, records = 0): void => {
      this.#bytes += bytes - open.bytes;
      this.#records += records - open.records;
      open = { bytes, records };
      this.#send();
    };
    const done = (files: readonly FoundFile[], records = 0): void => {
      const size = totalSize(files);
      // A pipe has no size when it is found, and a log may still grow.
      const bytes = Math.max(open.bytes, size);
      this.#extraBytes += bytes - size;
      read(bytes, records);
      open = { bytes: 0, records: 0 };
    };
    return { read, done };
  }

  #send(): void {
    const total =
      this.#expectedBytes === undefined ? undefined : this.#expectedBytes + this.#extraBytes;
    this.#report?.({
      bytes: this.#bytes,
      // If more was read than expected, the total is unknown until that file is done.
      totalBytes: total === undefined || total < this.#bytes ? undefined : total,
      records: this.#recordsHere() + this.#records,
    });
  }
}

/** Whether a file is read in several pieces, so that there is progress to report before its end. */
export function hasPieces({ size }: FoundFile, small: number): boolean {
  return size === 0 || size > small;
}

/** The same bytes. When the consumer takes the next piece, `onRead` gets the number of bytes before it. */
export async function* countingBytes(
  bytes: Bytes,
  onRead: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let read = 0;
  for await (const piece of piecesOf(bytes)) {
    yield piece;
    read += piece.length;
    onRead(read);
  }
}
