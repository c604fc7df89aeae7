/** Opens files, local or in S3, one after the other. Small S3 objects are fetched ahead of their turn. */
import { closeSync, createReadStream, openSync, readFileSync, readSync } from 'node:fs';
import type { S3Client } from '@aws-sdk/client-s3';
import type { FoundFile } from '../find/discover.js';
import { DEFAULT_SETTINGS, openS3Client, type S3Settings } from '../s3/client.js';
import { isS3, readS3Uri } from '../s3/uri.js';
import { headFirst } from './head-first.js';
import { HEAD_BYTES, type Bytes } from './opened-stream.js';
import { prefetch } from './prefetch.js';
import { getHead, getParts, getWhole, type Download, type S3Object } from './s3-object.js';

const CHUNK = 1 << 20;
const OBJECTS_AHEAD = 32;

/** A file, its bytes, and what S3 keeps beside it. */
export interface OpenedFile {
  readonly file: FoundFile;
  readonly bytes: Bytes;
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
   * Each file with its bytes, local ones first. The bytes of a small file are overwritten when the next file is taken. Reading
   * the bytes throws if the file cannot be read.
   */
  async *open(files: readonly FoundFile[]): AsyncGenerator<OpenedFile> {
    for (const file of files)
      if (!isS3(file.path)) yield { file, bytes: this.#local(file), signature: noSignature };
    const objects = files.filter(({ path }) => isS3(path));
    if (objects.length > 0) yield* this.#objects(objects);
  }

  /** Closes the connections. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.destroy();
  }

  #local({ path, size, chosen }: FoundFile): Bytes {
    if (chosen === 'by its content') return headFirst(path, size);
    // A pipe has size 0 and may be long.
    const isSmall = size > 0 && size <= this.#small;
    return (isSmall ? this.#readSmall(path, size) : undefined) ?? streamed(path);
  }

  /** Undefined if it cannot be read. The result is valid until the next call. */
  #readSmall(path: string, size: number): Buffer | undefined {
    this.#buffer ??= Buffer.allocUnsafeSlow(this.#small + 1);
    try {
      const file = openSync(path, 'r');
      try {
        const length = readSync(file, this.#buffer, 0, size + 1, 0);
        // If the length differs, the file changed since it was listed, or it is not a regular file.
        return length === size ? this.#buffer.subarray(0, size) : readFileSync(path);
      } finally {
        closeSync(file);
      }
    } catch {
      // A stream fails in the same way, and tells whoever reads it.
      return undefined;
    }
  }

  async *#objects(files: readonly FoundFile[]): AsyncGenerator<OpenedFile> {
    const limits = {
      items: OBJECTS_AHEAD,
      bytes: 2 * this.#small,
      bytesOf: (file: FoundFile) => this.#bytesAhead(file) ?? 0,
    };
    const fetch = async (file: FoundFile): Promise<Download | undefined> => {
      const bytes = this.#bytesAhead(file);
      if (bytes === undefined) return undefined;
      const request = await this.#object(file);
      return bytes < file.size ? getHead(request, bytes) : getWhole(request);
    };
    for await (const [file, fetched] of prefetch(files, limits, fetch)) {
      let signature: string | undefined;
      const note = (part: Download): void => {
        signature = part.signature;
      };
      yield { file, bytes: this.#parts(file, fetched, note), signature: () => signature };
    }
  }

  async *#parts(
    file: FoundFile,
    fetched: Promise<Download | undefined>,
    note: (part: Download) => void,
  ): AsyncGenerator<Buffer> {
    const first = await fetched;
    if (first !== undefined) {
      note(first);
      yield first.bytes;
    }
    if (first !== undefined && first.bytes.length >= file.size) return;
    for await (const part of getParts(await this.#object(file), first)) {
      note(part);
      yield part.bytes;
    }
  }

  async #object({ path, size }: FoundFile): Promise<S3Object> {
    const client = await (this.#client ??= openS3Client(this.#settings));
    return { client, location: readS3Uri(path), size, signal: this.#signal };
  }

  /** How many bytes of an object are fetched ahead of its turn: all of a small one, and the first ones of an unknown one. */
  #bytesAhead({ size, chosen }: FoundFile): number | undefined {
    if (chosen === 'by its content') return Math.min(size, HEAD_BYTES);
    return size <= this.#small ? size : undefined;
  }
}

/** A local file has nothing beside it. */
const noSignature = (): undefined => undefined;

async function* streamed(path: string): AsyncGenerator<Buffer> {
  yield* createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>;
}
