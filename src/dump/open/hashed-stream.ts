/**
 * Hashes the bytes of a stream while somebody else reads them, so that a file need not be read twice. Who reads may stop early, at
 * damage for example: then `finish` reads the rest.
 */
import { createHash } from 'node:crypto';

export class HashedStream {
  readonly #source: AsyncIterator<Buffer>;
  readonly #hash = createHash('sha256');
  #size = 0;
  #state: 'open' | 'ended' | 'failed' = 'open';

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The bytes. Who leaves them early does not close the source: call `finish` or `close` in any case. */
  async *bytes(): AsyncGenerator<Buffer> {
    for (let piece = await this.#next(); piece !== undefined; piece = await this.#next())
      yield piece;
  }

  /** The size and the hash of the whole stream; the hash is null if the stream failed. Never throws. */
  async finish(): Promise<{ readonly size: number; readonly sha256: string | null }> {
    try {
      while (this.#state === 'open') await this.#next();
    } catch {
      // Whoever reads the bytes says why they cannot be read.
    }
    const sha256 = this.#state === 'ended' ? this.#hash.digest('hex') : null;
    return { size: this.#size, sha256 };
  }

  /** Closes the source; its hash is not wanted. */
  async close(): Promise<void> {
    if (this.#state === 'open') await this.#source.return?.();
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.#state !== 'open') return undefined;
    this.#state = 'failed';
    const next = await this.#source.next();
    if (next.done === true) {
      this.#state = 'ended';
      return undefined;
    }
    this.#state = 'open';
    this.#hash.update(next.value);
    this.#size += next.value.length;
    return next.value;
  }
}
