/** The bytes that the splitter still needs: the latest chunk and, before it, the beginning of an unfinished value. */
import { countGarbage } from '../../../memory/garbage.js';

const NONE = Buffer.alloc(0);
/** A larger buffer is given up when the value that needed it is finished. */
const MAX_REUSED = 1 << 20;

export class ValueBuffer {
  /** Positions in `bytes` are valid until the next `append`. */
  bytes: Buffer = NONE;
  end = 0;
  /** A buffer of our own, for values that span chunks. */
  #store = NONE;
  /** Whether `bytes` is `#store` and not a chunk. */
  #inStore = false;

  /** Adds a chunk and drops the bytes before `from`. Returns by how much all positions become smaller. */
  append(chunk: Buffer, from: number): number {
    const unfinished = this.end - from;
    if (unfinished <= 0) {
      const moved = this.end;
      this.bytes = chunk;
      this.end = chunk.length;
      this.#inStore = false;
      if (this.#store.length > MAX_REUSED) this.#replaceStore(NONE);
      return moved;
    }
    const needed = unfinished + chunk.length;
    let moved = from;
    if (this.#inStore && this.end + chunk.length <= this.#store.length) {
      moved = 0;
    } else if (this.#inStore && needed <= this.#store.length) {
      this.#store.copyWithin(0, from, this.end);
    } else {
      // Doubling keeps the copying linear in the length of a value.
      const store = Buffer.allocUnsafe(Math.max(needed, 2 * unfinished));
      this.bytes.copy(store, 0, from, this.end);
      this.bytes = store;
      this.#replaceStore(store);
      this.#inStore = true;
    }
    chunk.copy(this.#store, this.end - moved);
    this.end += chunk.length - moved;
    return moved;
  }

  #replaceStore(next: typeof NONE): void {
    const { length } = this.#store;
    this.#store = next;
    countGarbage(length);
  }
}
