/**
 * The positions of the members of the object that was scanned last, relative to its first byte. With them, `peek` can read
 * a few members without parsing the object.
 */
import { parseJson } from '../../../cloudtrail/json.js';
import { BACKSLASH } from '../bytes.js';

/** A CloudTrail record has about 25 members. Members after the 96th are not noted. */
const MAX_MEMBERS = 96;

export class Members {
  /** Four positions a member: where its key and its value begin and end. -1 if the value is not a string without escapes. */
  readonly positions = new Int32Array(4 * MAX_MEMBERS);
  count = 0;
  /** True if every member was noted and no key has an escape. */
  isComplete = true;
  /** Whether the latest key was noted. */
  #isKeyNoted = false;
  // The latest key, noted or not.
  #keyFrom = -1;
  #keyTo = -1;

  reset(isComplete: boolean): void {
    this.count = 0;
    this.isComplete = isComplete;
    this.#isKeyNoted = false;
    this.#keyFrom = -1;
  }

  addKey(from: number, to: number, hasEscapes: boolean): void {
    this.#keyFrom = from;
    this.#keyTo = to;
    this.#isKeyNoted = !hasEscapes && this.count < MAX_MEMBERS;
    if (!this.#isKeyNoted) {
      this.isComplete = false;
      return;
    }
    const at = 4 * this.count;
    this.positions[at] = from;
    this.positions[at + 1] = to;
    this.positions[at + 2] = -1;
    this.positions[at + 3] = -1;
    this.count++;
  }

  /** The value of the latest key is a string. */
  addString(from: number, to: number, hasEscapes: boolean): void {
    if (!this.#isKeyNoted || hasEscapes) return;
    const at = 4 * this.count;
    this.positions[at - 2] = from;
    this.positions[at - 1] = to;
  }

  /** The latest key of the object that begins at `start` in `bytes`; undefined if it has none yet. */
  latestKey(bytes: Buffer, start: number): Buffer | undefined {
    if (this.#keyFrom < 0) return undefined;
    const key = bytes.subarray(start + this.#keyFrom, start + this.#keyTo);
    return key.includes(BACKSLASH) ? unescaped(key) : key;
  }
}

/** The key without escapes. */
function unescaped(key: Buffer): Buffer {
  try {
    const text = parseJson(`"${key.toString()}"`);
    return typeof text === 'string' ? Buffer.from(text) : key;
  } catch {
    return key;
  }
}
