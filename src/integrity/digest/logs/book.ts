/** What is known of each log file: what digests say of it, and what is here. There may be a million, so little is kept of each. */
import type { HashedLog } from '../../../dump/digest/evidence.js';
import type { NamedLog } from '../read/digest.js';
import { packedHash } from '../read/hash.js';
import { fileName } from '../read/names.js';

/** What a digest says of a log file. */
export interface LogClaim {
  /** The content of the digest. */
  readonly by: string;
  readonly hash: string;
  /** Where CloudTrail put it. The folder has a slash at its end. */
  readonly bucket: string;
  readonly folder: string;
  readonly packing: string;
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
}

/** A log file that is here. */
export interface LogCopy {
  readonly folder: string;
  /** What its name has beyond `LogEntry.name`: `.gz`. */
  readonly packing: string;
  /** Undefined where it cannot be read. */
  readonly hash: string | undefined;
}

export interface LogEntry {
  /** Unpacked: CloudTrail gives no name twice. */
  readonly name: string;
  readonly claims: LogClaim[];
  /** Of each content one. */
  readonly copies: LogCopy[];
}

export class LogBook {
  readonly #entries = new Map<string, LogEntry>();
  /** Folders are the same text for thousands of files. */
  readonly #texts = new Map<string, string>();

  claim({ bucket, key, hash, oldest, newest }: NamedLog, by: string): void {
    const name = fileName(key);
    const place = this.#place(key, name);
    this.#entry(name).claims.push({
      by,
      hash,
      bucket: this.#shared(bucket),
      ...place,
      oldest,
      newest,
    });
  }

  add({ path, sha256 }: HashedLog): void {
    const name = fileName(path);
    const hash = sha256 === null ? undefined : packedHash(sha256);
    const { copies } = this.#entry(name);
    // Each copy that cannot be read is named.
    if (hash === undefined || !copies.some((copy) => copy.hash === hash))
      copies.push({ ...this.#place(path, name), hash });
  }

  entries(): Iterable<LogEntry> {
    return this.#entries.values();
  }

  #entry(name: string): LogEntry {
    let entry = this.#entries.get(name);
    if (entry === undefined) {
      // A copy: a part of a longer text would keep that in memory.
      const own = Buffer.from(name).toString();
      entry = { name: own, claims: [], copies: [] };
      this.#entries.set(own, entry);
    }
    return entry;
  }

  #place(path: string, name: string): { readonly folder: string; readonly packing: string } {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return {
      folder: this.#shared(folder),
      packing: this.#shared(path.slice(folder.length + name.length)),
    };
  }

  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = Buffer.from(text).toString();
    this.#texts.set(own, own);
    return own;
  }
}

/** The path of a copy, or the key in a claim. */
export function pathOf(
  { name }: LogEntry,
  { folder, packing }: Pick<LogCopy, 'folder' | 'packing'>,
): string {
  return `${folder}${name}${packing}`;
}
