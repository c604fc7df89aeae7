/**
 * Which files of a reading may hold the events that issued a key, or began a session of the console. Few are ever looked for, so the
 * index holds only a hash of each issued key, and of the ARN of each such session: the files that it names are read again.
 */

/** Of more keys than these together, it is not noted which file has which. That is 64 MB. */
const MOST_KEYS = 1 << 24;

/** The keys that a file issues, as hashes; undefined where they were not noted. */
export type FileKeys = readonly [path: string, hashes: Uint32Array | undefined];

export class KeyIndex {
  readonly #files = new Map<string, Uint32Array | undefined>();
  #count = 0;

  /** Notes the keys of a file, or of a member of an archive: then `path` is that of the archive. */
  add(path: string, hashes: Uint32Array | undefined): void {
    const known = this.#files.get(path);
    if (this.#files.has(path) && known === undefined) return;
    this.#count += hashes?.length ?? 0;
    if (hashes === undefined || this.#count > MOST_KEYS) {
      this.#count -= (known?.length ?? 0) + (hashes?.length ?? 0);
      this.#files.set(path, undefined);
    } else if (hashes.length > 0)
      this.#files.set(path, known === undefined ? hashes : joined(known, hashes));
  }

  /** The files with issued keys, in any order. */
  files(): readonly FileKeys[] {
    return [...this.#files];
  }

  /** The files in which one of the keys may have been issued, sorted. */
  filesOf(keys: Iterable<string>): readonly string[] {
    const wanted = new Set(Array.from(keys, hashOfKey));
    return this.files()
      .filter(([, hashes]) => hashes === undefined || hashes.some((hash) => wanted.has(hash)))
      .map(([path]) => path)
      .toSorted();
  }

  /** The files of which no keys were noted. */
  unnoted(): readonly string[] {
    return this.files().flatMap(([path, hashes]) => (hashes === undefined ? path : []));
  }

  /** Replaces what is known of a file. */
  set(path: string, keys: Iterable<string>): void {
    this.#files.set(path, Uint32Array.from(new Set(Array.from(keys, hashOfKey))));
  }
}

function joined(a: Uint32Array, b: Uint32Array): Uint32Array {
  const both = new Uint32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** The same hash as in `issued.as.ts`: FNV-1a. */
function hashOfKey(key: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
