/**
 * A file with a report, which is read several times: it may exceed memory. It stays open, because what was learnt of its layout holds
 * only for this one file. Every error is a HuntError that names it.
 */
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';

/** The positions of the first byte of a part, and of the byte after its last. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const CHUNK = 1024 * 1024;

export class ReportFile {
  /** What errors call it. */
  readonly #name: string;
  readonly #descriptor: number;
  readonly #first: Stats;

  /** Opens the file. Throws a HuntError if it cannot. */
  constructor(path: string, name = path) {
    this.#name = safeLine(name);
    [this.#descriptor, this.#first] = this.#attempt(() => {
      const descriptor = openSync(path, 'r');
      return [descriptor, fstatSync(descriptor)];
    });
    if (this.#first.isFile()) return;
    this.close();
    throw new HuntError(
      'PATH',
      `${this.#name} is no file that can be read several times: name a file with a report`,
    );
  }

  /** All bytes in order, in a buffer that is used again: copy what must stay. */
  *chunks(): Generator<Buffer> {
    const bytes = Buffer.allocUnsafe(CHUNK);
    for (let at = 0; ;) {
      const count = this.#read(bytes, at);
      if (count === 0) return;
      yield bytes.subarray(0, count);
      at += count;
    }
  }

  /** Throws a HuntError if the file has no such part. */
  part({ from, to }: ByteRange): Buffer {
    const bytes = Buffer.allocUnsafe(to - from);
    for (let done = 0; done < bytes.length;) {
      const count = this.#read(bytes.subarray(done), from + done);
      if (count === 0) throw this.#changed();
      done += count;
    }
    return bytes;
  }

  /** Throws a HuntError if somebody wrote to the file since it was opened. */
  checkUnchanged(): void {
    const { size, mtimeMs } = this.#attempt(() => fstatSync(this.#descriptor));
    if (size !== this.#first.size || mtimeMs !== this.#first.mtimeMs) throw this.#changed();
  }

  /** The error that the file is no report, and what to do. */
  refused(reason: string, advice = WRITE_ONE): HuntError {
    return new HuntError(
      'PATH',
      `${this.#name} is no report that hunt can read: ${reason}. ${advice}`,
    );
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  #read(into: Buffer, at: number): number {
    return this.#attempt(() => readSync(this.#descriptor, into, 0, into.length, at));
  }

  #attempt<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      throw new HuntError('PATH', `cannot read ${this.#name}: ${safeLine(reasonOf(error))}`, {
        cause: error,
      });
    }
  }

  #changed(): HuntError {
    return new HuntError(
      'PATH',
      `${this.#name} was changed while it was read: run the command again`,
    );
  }
}

const WRITE_ONE = 'hunt --output report.json, or --output report.html, writes one';
