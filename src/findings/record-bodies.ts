/**
 * Stores the bodies of records outside DuckDB: while it groups, DuckDB would have each body in memory several times, and it
 * cannot write them to disk. A query uses references instead.
 */
import type { TextCells } from '../batch/cells.js';
import { SpillFile, type ByteRange } from '../spill/spill-file.js';

/** In bytes. Further bodies go into a temporary file. */
const IN_MEMORY = 32 * 1024 * 1024;
/** How many recent bodies are recognised and not stored again, which saves space if a log is there many times. */
const RECOGNISED = 65_536;

export class RecordBodies {
  readonly #most: number;
  /** Each block has several bodies: their bytes, or the range of the file that has the bytes. */
  readonly #blocks: (Uint8Array | ByteRange)[] = [];
  #recent = new Map<string, string>();
  readonly #decoder = new TextDecoder();
  #size = 0;
  #file: SpillFile | undefined;

  /** `most` is how many bytes may stay in memory. */
  constructor(most = IN_MEMORY) {
    this.#most = most;
  }

  /**
   * Stores bodies, of which none is NULL. Gives a reference for each; a body with the fingerprint of a recent one gets the same
   * reference. Throws a HuntError if the disk is full.
   */
  store({ bytes, lengths }: TextCells, fingerprints: readonly string[]): readonly string[] {
    const block = this.#blocks.length;
    this.#size += bytes.length;
    this.#blocks.push(this.#size > this.#most ? this.#toFile(bytes) : bytes);
    if (this.#recent.size > RECOGNISED) this.#recent = new Map();
    let end = 0;
    return fingerprints.map((fingerprint, index) => {
      const start = end;
      end += lengths[index] ?? 0;
      const known = this.#recent.get(fingerprint);
      if (known !== undefined) return known;
      const reference = `${block}:${start}:${end}`;
      this.#recent.set(fingerprint, reference);
      return reference;
    });
  }

  /** The text of a reference. Throws a HuntError if the file cannot be read. */
  readonly textOf = (reference: string): string => {
    const [block = 0, from = 0, to = 0] = reference.split(':').map(Number);
    const bytes = this.#blocks[block];
    if (bytes === undefined) throw new RangeError(`no body is stored as ${reference}`);
    const body =
      bytes instanceof Uint8Array
        ? bytes.subarray(from, to)
        : this.#file?.bytes({ from: bytes.from + from, to: bytes.from + to });
    return this.#decoder.decode(body);
  };

  /** Frees the disk space. Bodies in the file cannot be read afterwards. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #toFile(bytes: Uint8Array): ByteRange {
    this.#file ??= new SpillFile();
    return this.#file.append(bytes);
  }
}
