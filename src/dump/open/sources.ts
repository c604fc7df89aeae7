/** The bytes of files in their order, wherever they lie: those of objects in S3 are on their way before their turn. */
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FoundFile } from '../find/discover.js';
import { ahead } from './ahead.js';
import { openS3Client, ORDINARY, type S3Settings } from '../s3/client.js';
import { getParts, getWhole } from './s3-object.js';
import { isS3, readS3Uri } from '../s3/uri.js';

const CHUNK = 1 << 20;
const AHEAD = 32;

export class Sources {
  readonly #small: number;
  readonly #settings: S3Settings;
  readonly #signal: AbortSignal | undefined;
  #client: Promise<S3Client> | undefined;
  /** Small files are read into it one after the other: a new one for each would cost more than the reading. */
  #kept: Buffer | undefined;

  /** Files of at most `small` bytes come in one piece. */
  constructor(small: number, settings: S3Settings | undefined, signal?: AbortSignal) {
    this.#small = small;
    this.#settings = settings ?? ORDINARY;
    this.#signal = signal;
  }

  /**
   * Each file with its bytes: small ones in one piece, good until the next file's turn. They throw where they cannot be read
   * on.
   */
  async *of(
    files: readonly FoundFile[],
  ): AsyncGenerator<readonly [file: FoundFile, bytes: AsyncIterable<Buffer>]> {
    const limits = {
      items: AHEAD,
      bytes: 2 * this.#small,
      bytesOf: (file: FoundFile) => (this.#isSmallObject(file) ? file.size : 0),
    };
    const begin = async (file: FoundFile): Promise<Buffer | undefined> =>
      this.#isSmallObject(file)
        ? getWhole(await this.#open(), readS3Uri(file.path), this.#signal)
        : undefined;
    for await (const [file, fetched] of ahead(files, limits, begin))
      yield [file, this.#bytes(file, fetched)];
  }

  /** Closes its connections. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.destroy();
  }

  async *#bytes(
    { path, size }: FoundFile,
    fetched: Promise<Buffer | undefined>,
  ): AsyncGenerator<Buffer> {
    const bytes = await fetched;
    if (bytes !== undefined) yield bytes;
    else if (isS3(path)) yield* getParts(await this.#open(), readS3Uri(path), size, this.#signal);
    // What has no size may still be long: a pipe.
    else if (size === 0 || size > this.#small)
      yield* createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
    else yield this.#whole(path, size);
  }

  /** A small file's bytes; they are good until the next one's are asked for. */
  #whole(path: string, size: number): Buffer {
    this.#kept ??= Buffer.allocUnsafeSlow(this.#small + 1);
    const file = openSync(path, 'r');
    try {
      const length = readSync(file, this.#kept, 0, size + 1, 0);
      // It grew, shrank, or is no ordinary file.
      return length === size ? this.#kept.subarray(0, size) : readFileSync(path);
    } finally {
      closeSync(file);
    }
  }

  #isSmallObject({ path, size }: FoundFile): boolean {
    return isS3(path) && size <= this.#small;
  }

  #open(): Promise<S3Client> {
    return (this.#client ??= openS3Client(this.#settings));
  }
}
