/** A temporary file for what memory should not hold: lines or bytes, written once, read as often as needed. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';

/** A part of the file, by the bytes at which it begins and ends. */
export interface Run {
  readonly from: number;
  readonly to: number;
}

const CHUNK_BYTES = 65_536;
const LINE_FEED = 0x0a;

export class SpillFile {
  readonly #path = join(tmpdir(), `hunt-${randomUUID()}.tmp`);
  readonly #descriptor: number;
  #end = 0;

  /** Makes the file in the folder for temporary files, for its owner alone. Throws a HuntError where that cannot be. */
  constructor() {
    // "x" follows no link that somebody may have put there.
    this.#descriptor = attempt(() => openSync(this.#path, 'wx+', 0o600));
    this.#unlink();
  }

  /** Adds lines, none of which may hold a line feed. Throws a HuntError where the disk has no room. */
  write(lines: Iterable<string>): Run {
    const from = this.#end;
    let waiting = '';
    for (const line of lines) {
      waiting += `${line}\n`;
      if (waiting.length < CHUNK_BYTES) continue;
      this.append(Buffer.from(waiting));
      waiting = '';
    }
    this.append(Buffer.from(waiting));
    return { from, to: this.#end };
  }

  /** Adds bytes. Throws a HuntError where the disk has no room. */
  append(bytes: Uint8Array): Run {
    const from = this.#end;
    for (let done = 0; done < bytes.length;) {
      const written = attempt(() =>
        writeSync(this.#descriptor, bytes, done, bytes.length - done, this.#end),
      );
      done += written;
      this.#end += written;
    }
    return { from, to: this.#end };
  }

  /** The bytes of a part. Throws a HuntError where they cannot be read. */
  bytes({ from, to }: Run): Buffer {
    const chunks: Buffer[] = [];
    for (let at = from; at < to; at += chunks.at(-1)?.length ?? 0)
      chunks.push(this.#chunk(at, to - at));
    const [first] = chunks;
    return first && chunks.length === 1 ? first : Buffer.concat(chunks);
  }

  /** The lines of a run. Throws a HuntError where they cannot be read. */
  *read({ from, to }: Run): Generator<string> {
    let unfinished: readonly Buffer[] = [];
    for (let at = from; at < to;) {
      const chunk = this.#chunk(at, Math.min(CHUNK_BYTES, to - at));
      at += chunk.length;
      let start = 0;
      for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
        yield Buffer.concat([...unfinished, chunk.subarray(start, end)]).toString();
        unfinished = [];
        start = end + 1;
      }
      unfinished = [...unfinished, chunk.subarray(start)];
    }
  }

  /** Gives the space on the disk back. */
  close(): void {
    closeSync(this.#descriptor);
    this.#unlink();
  }

  /** A file without a name goes with its last reader, even when this process is killed. */
  #unlink(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Where an open file must keep its name, it loses it when it is closed.
    }
  }

  #chunk(at: number, length: number): Buffer {
    const chunk = Buffer.allocUnsafe(length);
    const read = attempt(() => readSync(this.#descriptor, chunk, 0, length, at));
    if (read === 0) throw failure('it was cut short');
    return chunk.subarray(0, read);
  }
}

function attempt<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw failure(reasonOf(error), error);
  }
}

function failure(reason: string, cause?: unknown): HuntError {
  const message = `cannot keep findings in a file in ${tmpdir()}: ${reason} (TMPDIR names another folder)`;
  return new HuntError('OUTPUT', safeLine(message), { cause });
}
