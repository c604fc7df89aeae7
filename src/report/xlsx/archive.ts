/**
 * A zip archive, written part by part. It is packed by code of our own process and not by zlib, whose bytes differ between
 * versions: so the same report is the same file everywhere.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate';
import { HuntError } from '../../errors.js';

/** More than this, an archive needs numbers that old readers do not know. */
const MOST_BYTES = 2 ** 32 - 2 ** 26;
/** A higher level takes twice the time for files that are a few per cent smaller. */
const LEVEL = 4;

export class Archive {
  readonly #zip: Zip;
  #ready: Uint8Array[] = [];
  #bytes = 0;

  constructor() {
    this.#zip = new Zip((error, bytes) => {
      if (error) throw error;
      this.#ready.push(bytes);
      this.#bytes += bytes.length;
    });
  }

  /** Writes a part, and gives what is packed. Throws a HuntError where the archive becomes too large. */
  *part(name: string, texts: Iterable<string>): Generator<Uint8Array> {
    const part = new ZipDeflate(name, { level: LEVEL });
    // Its fields are those of local time, so this is the same day everywhere.
    part.mtime = new Date(1980, 0, 1);
    this.#zip.add(part);
    for (const text of texts) {
      part.push(strToU8(text));
      yield* this.#take();
    }
    part.push(new Uint8Array(), true);
    yield* this.#take();
  }

  /** Ends the archive with its directory. */
  *end(): Generator<Uint8Array> {
    this.#zip.end();
    yield* this.#take();
  }

  #take(): readonly Uint8Array[] {
    if (this.#bytes > MOST_BYTES)
      throw new HuntError('OUTPUT', 'the report is too large for xlsx (4 GB): write csv or json');
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }
}
