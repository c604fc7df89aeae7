/**
 * The bodies of records, outside the engine: DuckDB would hold several copies of a body while it groups, and cannot write them to
 * disk. References take their place in a query.
 */
import { SpillFile, type ByteRange } from '../spill/spill-file.js';

/** In bytes. Bodies beyond it go into a temporary file. */
const IN_MEMORY = 32 * 1024 * 1024;
/** How many recent bodies are recognised: a log that was copied many times then takes little room. */
const RECOGNISED = 65_536;

export class RecordBodies {
  readonly #most: number;
  /** Several bodies each: their bytes, or the range of the file that holds the bytes. */
  readonly #blocks: (Uint8Array | ByteRange)[] = [];
  #recent = new Map<string, string>();
  #size = 0;
  #file: SpillFile | undefined;

  /** `most` is how many bytes may stay in memory. */
  constructor(most = IN_MEMORY) {
    this.#most = most;
  }

  /**
   * Stores the bodies that stand one behind the other in `bytes` and end at `ends`. Gives a reference for each; equal fingerprints
   * get the same reference where the first was stored recently. Throws a HuntError where the disk has no room.
   */
  store(bytes: Uint8Array, ends: Uint32Array, fingerprints: readonly string[]): readonly string[] {
    const block = this.#blocks.length;
    this.#size += bytes.length;
    this.#blocks.push(this.#size > this.#most ? this.#toFile(bytes) : bytes);
    if (this.#recent.size > RECOGNISED) this.#recent = new Map();
    return fingerprints.map((fingerprint, index) => {
      const known = this.#recent.get(fingerprint);
      if (known !== undefined) return known;
      const reference = `${block}:${ends[index - 1] ?? 0}:${ends[index]}`;
      this.#recent.set(fingerprint, reference);
      return reference;
    });
  }

  /** The text of a reference. Throws a HuntError where the file cannot be read. */
  readonly textOf = (reference: string): string => {
    const [block = 0, from = 0, to = 0] = reference.split(':').map(Number);
    const bytes = this.#blocks[block];
    if (bytes === undefined) throw new RangeError(`no body is stored as ${reference}`);
    const body =
      bytes instanceof Uint8Array
        ? bytes.subarray(from, to)
        : this.#file?.bytes({ from: bytes.from + from, to: bytes.from + to });
    return new TextDecoder().decode(body);
  };

  /** Frees the file's space. What it holds cannot be read any more. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #toFile(bytes: Uint8Array): ByteRange {
    this.#file ??= new SpillFile();
    return this.#file.append(bytes);
  }
}
