/** A temporary file for data that is too large for memory: lines or bytes, written once, read any number of times. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';

/** A part of the file: the positions of its first byte and of the byte after its last. */
export interface ByteRange {
  readonly from: number;
  readonly to: number;
}

const CHUNK_BYTES = 65_536;
const LINE_FEED = 0x0a;

export class SpillFile {
  readonly #path = join(tmpdir(), `hunt-${randomUUID()}.tmp`);
  readonly #descriptor: number;
  #end = 0;

  /** Creates the file in the system's temporary folder, readable by its owner only. Throws a HuntError if it cannot. */
  constructor() {
    // "x" fails if the path exists, so that a link which somebody else placed there is not followed.
    this.#descriptor = attempt(() => openSync(this.#path, 'wx+', 0o600));
    this.#unlink();
  }

  /** Appends lines, which must not contain line feeds. Throws a HuntError if the disk is full. */
  appendLines(lines: Iterable<string>): ByteRange {
    const from = this.#end;
    let chunk = '';
    for (const line of lines) {
      chunk += `${line}\n`;
      if (chunk.length < CHUNK_BYTES) continue;
      this.append(Buffer.from(chunk));
      chunk = '';
    }
    this.append(Buffer.from(chunk));
    return { from, to: this.#end };
  }

  /** Appends bytes. Throws a HuntError if the disk is full. */
  append(bytes: Uint8Array): ByteRange {
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

  /** Throws a HuntError if the bytes cannot be read. */
  bytes({ from, to }: ByteRange): Buffer {
    const chunks: Buffer[] = [];
    for (let at = from; at < to; at += chunks.at(-1)?.length ?? 0)
      chunks.push(this.#chunk(at, to - at));
    const [first] = chunks;
    return first && chunks.length === 1 ? first : Buffer.concat(chunks);
  }

  /** Throws a HuntError if the lines cannot be read. */
  *lines({ from, to }: ByteRange): Generator<string> {
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

  /** Frees the disk space. */
  close(): void {
    closeSync(this.#descriptor);
    this.#unlink();
  }

  /** The system deletes an unlinked file when this process ends, even if it is killed. */
  #unlink(): void {
    try {
      rmSync(this.#path, { force: true });
    } catch {
      // Windows cannot unlink an open file: `close` does it.
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
  const message = `cannot use a temporary file in ${tmpdir()}: ${reason} (set TMPDIR to use another folder)`;
  return new HuntError('OUTPUT', safeLine(message), { cause });
}
