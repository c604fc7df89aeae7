/**
 * The bodies of records, out of the engine: of what matches it would hold several copies, and could not write them to
 * disk. What passes through a query instead are references.
 */
import { SpillFile, type ByteRange } from '../spill/spill-file.js';

/** In bytes: beyond it, bodies go into a file. */
const KEPT_IN_MEMORY = 32 * 1024 * 1024;
/** So many of the last bodies are known again: a log that was copied many times gives few references. */
const KNOWN = 65_536;

export class Bodies {
  readonly #most: number;
  /** Several bodies each: their bytes, or where in the file these are. */
  readonly #blocks: (Uint8Array | ByteRange)[] = [];
  #known = new Map<string, string>();
  #size = 0;
  #file: SpillFile | undefined;

  /** `most` is how many bytes may wait in memory. */
  constructor(most = KEPT_IN_MEMORY) {
    this.#most = most;
  }

  /**
   * Takes bodies in, one behind the other in `bytes`, and gives a reference for each; the same for the same `fingerprint` where it
   * was seen lately. Throws a HuntError where no disk has room.
   */
  keep(bytes: Uint8Array, ends: Uint32Array, fingerprints: readonly string[]): readonly string[] {
    const block = this.#blocks.length;
    this.#size += bytes.length;
    this.#blocks.push(this.#size > this.#most ? this.#toFile(bytes) : bytes);
    if (this.#known.size > KNOWN) this.#known = new Map();
    return fingerprints.map((fingerprint, index) => {
      const known = this.#known.get(fingerprint);
      if (known !== undefined) return known;
      const reference = `${block}:${ends[index - 1] ?? 0}:${ends[index]}`;
      this.#known.set(fingerprint, reference);
      return reference;
    });
  }

  /** The body of a reference. Throws a HuntError where the file cannot be read. */
  readonly of = (reference: string): string => {
    const [block = 0, from = 0, to = 0] = reference.split(':').map(Number);
    const bytes = this.#blocks[block];
    if (bytes === undefined) throw new RangeError(`no body was kept as ${reference}`);
    const body =
      bytes instanceof Uint8Array
        ? bytes.subarray(from, to)
        : this.#file?.bytes({ from: bytes.from + from, to: bytes.from + to });
    return new TextDecoder().decode(body);
  };

  /** Gives the file's space back; what was kept cannot be had any more. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #toFile(bytes: Uint8Array): ByteRange {
    this.#file ??= new SpillFile();
    return this.#file.append(bytes);
  }
}
