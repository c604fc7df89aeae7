/** The SHA-256 of a log's text, unpacked, which CloudTrail's digests name. */
import { hash } from 'node:crypto';
import { HashedStream } from '../open/hashed-stream.js';

export class TextHash {
  #whole: string | undefined;
  #stream: HashedStream | undefined;

  /** Hashes a text that is here as a whole. In one call, which costs less than a stream. */
  whole(text: Buffer): void {
    this.#whole = hash('sha256', text, 'hex');
  }

  /** The same text, which is hashed while it passes. */
  passing(text: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    this.#stream = new HashedStream(text);
    return this.#stream.bytes();
  }

  /** Reads what nobody has read yet. Null where the text cannot be read to its end, or where there is none. Never throws. */
  async finish(): Promise<string | null> {
    return this.#whole ?? (await this.#stream?.finish())?.sha256 ?? null;
  }

  /** The hash is not wanted. */
  async close(): Promise<void> {
    await this.#stream?.close();
  }
}
