/** Where the members of the object just scanned stand, as offsets from its first byte. */

import { parseJson } from '../../cloudtrail/json.js';

/** Members beyond these are not noted; a CloudTrail record has about 25. */
const MAX_MEMBERS = 96;

export class Members {
  /** Four offsets a member: of its key and, where it is a plain string, of its value (else -1). */
  readonly offsets = new Int32Array(4 * MAX_MEMBERS);
  count = 0;
  /** Whether every member was noted, and every key as it stands (no escapes). */
  complete = true;
  /** Whether the latest key is among those noted. */
  #keyNoted = false;
  // Of the latest key, noted or not:
  #keyFrom = -1;
  #keyTo = -1;

  reset(complete: boolean): void {
    this.count = 0;
    this.complete = complete;
    this.#keyNoted = false;
    this.#keyFrom = -1;
  }

  key(from: number, to: number, isEscaped: boolean): void {
    this.#keyFrom = from;
    this.#keyTo = to;
    this.#keyNoted = !isEscaped && this.count < MAX_MEMBERS;
    if (!this.#keyNoted) {
      this.complete = false;
      return;
    }
    const at = 4 * this.count;
    this.offsets[at] = from;
    this.offsets[at + 1] = to;
    this.offsets[at + 2] = -1;
    this.offsets[at + 3] = -1;
    this.count++;
  }

  /** The value of the latest key is a string. */
  text(from: number, to: number, isEscaped: boolean): void {
    if (!this.#keyNoted || isEscaped) return;
    const at = 4 * this.count;
    this.offsets[at - 2] = from;
    this.offsets[at - 1] = to;
  }

  /** The latest key, in bytes where the object begins at `start`; undefined where there is none yet. */
  latestKey(bytes: Buffer, start: number): Buffer | undefined {
    if (this.#keyFrom < 0) return undefined;
    const key = bytes.subarray(start + this.#keyFrom, start + this.#keyTo);
    return key.includes(BACKSLASH) ? unescaped(key) : key;
  }
}

const BACKSLASH = 0x5c;

/** A key without its escapes: an envelope's name may be written with them. */
function unescaped(key: Buffer): Buffer {
  try {
    const text = parseJson(`"${key.toString()}"`);
    return typeof text === 'string' ? Buffer.from(text) : key;
  } catch {
    return key;
  }
}
