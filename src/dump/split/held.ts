/** The bytes that a splitter still needs: the latest chunk and, before it, what an unfinished value began with. */
import { noteText } from '../../text/long-text.js';

const NONE = Buffer.alloc(0);
/** In bytes: what may stay for the next value. */
const MOST_SPARE = 1 << 20;

export class HeldBytes {
  /** Positions in it hold until the next `append`. */
  bytes: Buffer = NONE;
  end = 0;
  #store = NONE;
  #owned = false;

  /** Adds a chunk and lets go of all before `from`. Returns by how much positions have moved towards the front. */
  append(chunk: Buffer, from: number): number {
    const kept = this.end - from;
    if (kept <= 0) {
      const moved = this.end;
      this.bytes = chunk;
      this.end = chunk.length;
      this.#owned = false;
      // What held a long value would be held for nothing.
      if (this.#store.length > MOST_SPARE) this.#letGo(NONE);
      return moved;
    }
    const needed = kept + chunk.length;
    let moved = from;
    if (this.#owned && this.end + chunk.length <= this.#store.length) {
      moved = 0;
    } else if (this.#owned && needed <= this.#store.length) {
      this.#store.copyWithin(0, from, this.end);
    } else {
      // Doubling keeps the copying linear, however long one value is.
      const store = Buffer.allocUnsafe(Math.max(needed, 2 * kept));
      this.bytes.copy(store, 0, from, this.end);
      this.bytes = store;
      this.#letGo(store);
      this.#owned = true;
    }
    chunk.copy(this.#store, this.end - moved);
    this.end += chunk.length - moved;
    return moved;
  }

  #letGo(next: typeof NONE): void {
    const { length } = this.#store;
    this.#store = next;
    noteText(length);
  }
}
