/** The texts of files in their order, wherever they lie: those of objects in S3 are on their way before their turn. */
import type { S3Client } from '@aws-sdk/client-s3';
import { decodeText, readText, textIn } from './decompress.js';
import type { FoundFile } from './discover.js';
import { ahead } from './s3/ahead.js';
import { openS3Client, ORDINARY, type S3Settings } from './s3/client.js';
import { getParts, getWhole } from './s3/get.js';
import { isS3, readS3Uri } from './s3/uri.js';

/** Larger objects are fetched in parts, when it is their turn. */
const WHOLE = 4 << 20;
const AHEAD = { items: 32, bytes: 4 * WHOLE };

export class Texts {
  readonly #settings: S3Settings;
  readonly #signal: AbortSignal | undefined;
  #client: Promise<S3Client> | undefined;

  constructor(settings: S3Settings | undefined, signal?: AbortSignal) {
    this.#settings = settings ?? ORDINARY;
    this.#signal = signal;
  }

  /** Each file with its text in pieces, which throws where it cannot be read on. */
  async *of(
    files: readonly FoundFile[],
  ): AsyncGenerator<readonly [file: FoundFile, text: AsyncIterable<Buffer>]> {
    const limits = {
      ...AHEAD,
      bytesOf: (file: FoundFile) => (isSmallObject(file) ? file.size : 0),
    };
    const begin = async (file: FoundFile): Promise<Buffer | undefined> =>
      isSmallObject(file)
        ? getWhole(await this.#open(), readS3Uri(file.path), this.#signal)
        : undefined;
    for await (const [file, bytes] of ahead(files, limits, begin))
      yield [file, this.#text(file, bytes)];
  }

  /** Closes its connections. */
  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    client?.destroy();
  }

  async *#text(file: FoundFile, fetched: Promise<Buffer | undefined>): AsyncGenerator<Buffer> {
    const bytes = await fetched;
    if (bytes !== undefined) yield* textIn(bytes);
    else if (isS3(file.path))
      yield* decodeText(
        getParts(await this.#open(), readS3Uri(file.path), file.size, this.#signal),
      );
    else yield* readText(file.path, file.size);
  }

  #open(): Promise<S3Client> {
    return (this.#client ??= openS3Client(this.#settings));
  }
}

function isSmallObject({ path, size }: FoundFile): boolean {
  return isS3(path) && size <= WHOLE;
}
