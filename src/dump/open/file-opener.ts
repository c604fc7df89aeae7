/** Opens files, local or in S3, one after the other. Small S3 objects are fetched ahead of their turn. */
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FoundFile } from '../find/discover.js';
import { DEFAULT_SETTINGS, openS3Client, type S3Settings } from '../s3/client.js';
import { isS3, readS3Uri } from '../s3/uri.js';
import { headFirst, LOOK_BYTES } from './head-first.js';
import { prefetch } from './prefetch.js';
import { getHead, getParts, getWhole, type Download } from './s3-object.js';

const CHUNK = 1 << 20;
const OBJECTS_AHEAD = 32;

/** A file, its bytes, and what S3 keeps beside it. */
export interface OpenedFile {
  readonly file: FoundFile;
  readonly bytes: AsyncIterable<Buffer>;
  /** The signature of a digest in S3. Known once the first bytes are read. */
  readonly signature: () => string | undefined;
}

export class FileOpener {
  readonly #small: number;
  readonly #settings: S3Settings;
  readonly #signal: AbortSignal | undefined;
  #client: Promise<S3Client> | undefined;
  /** Reused for all small files: allocating a buffer for each costs more than reading the file. */
  #buffer: Buffer | undefined;

  /** A file of at most `small` bytes is read in one piece. */
  constructor(small: number, settings: S3Settings | undefined, signal?: AbortSignal) {
    this.#small = small;
    this.#settings = settings ?? DEFAULT_SETTINGS;
    this.#signal = signal;
  }

  /**
   * Each file with its bytes. The bytes of a small file are overwritten when the next file is taken. Reading the bytes
   * throws if the file cannot be read.
   */
  async *open(files: readonly FoundFile[]): AsyncGenerator<OpenedFile> {
    const limits = {
      items: OBJECTS_AHEAD,
      bytes: 2 * this.#small,
      bytesOf: (file: FoundFile) => this.#bytesAhead(file) ?? 0,
    };
    const fetch = async (file: FoundFile): Promise<Download | undefined> => {
      const bytes = this.#bytesAhead(file);
      if (bytes === undefined) return undefined;
      const object = { client: await this.#openClient(), location: readS3Uri(file.path) };
      const request = { ...object, size: file.size, signal: this.#signal };
      return bytes < file.size ? getHead(request, bytes) : getWhole(request);
    };
    for await (const [file, fetched] of prefetch(files, limits, fetch)) {
      let signature: string | undefined;
      const note = (first: Download): void => {
        signature = first.signature;
      };
      const bytes = this.#bytes(file, fetched, note);
      yield { file, bytes, signature: () => signature };
    }
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.destroy();
  }

  async *#bytes(
    { path, size, chosen }: FoundFile,
    fetched: Promise<Download | undefined>,
    note: (part: Download) => void,
  ): AsyncGenerator<Buffer> {
    const first = await fetched;
    if (first !== undefined) {
      note(first);
      yield first.bytes;
    }
    if (isS3(path)) {
      if (first !== undefined && first.bytes.length >= size) return;
      const client = await this.#openClient();
      const object = { client, location: readS3Uri(path), size, signal: this.#signal };
      for await (const part of getParts(object, first)) {
        note(part);
        yield part.bytes;
      }
    } else if (chosen === 'by its content') yield* headFirst(path, size);
    // A pipe has size 0 and may be long.
    else if (size === 0 || size > this.#small)
      yield* createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
    else yield this.#readSmall(path, size);
  }

  /** The result is valid until the next call. */
  #readSmall(path: string, size: number): Buffer {
    this.#buffer ??= Buffer.allocUnsafeSlow(this.#small + 1);
    const file = openSync(path, 'r');
    try {
      const length = readSync(file, this.#buffer, 0, size + 1, 0);
      // If the length differs, the file changed since it was listed, or it is not a regular file.
      return length === size ? this.#buffer.subarray(0, size) : readFileSync(path);
    } finally {
      closeSync(file);
    }
  }

  /** How many bytes of an object are fetched ahead of its turn: all of a small one, and the first ones of an unknown one. */
  #bytesAhead({ path, size, chosen }: FoundFile): number | undefined {
    if (!isS3(path)) return undefined;
    if (chosen === 'by its content') return Math.min(size, LOOK_BYTES);
    return size <= this.#small ? size : undefined;
  }

  #openClient(): Promise<S3Client> {
    return (this.#client ??= openS3Client(this.#settings));
  }
}
