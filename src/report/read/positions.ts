/** Positions of many parts of a file, in 16 bytes each. */
import type { ByteRange } from './file.js';

const FIRST_ROOM = 1024;

export class Positions {
  #numbers = new Float64Array(FIRST_ROOM);
  #count = 0;

  get length(): number {
    return this.#count;
  }

  add({ from, to }: ByteRange): void {
    const at = this.#count * 2;
    if (at === this.#numbers.length) {
      const larger = new Float64Array(this.#numbers.length * 2);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[at] = from;
    this.#numbers[at + 1] = to;
    this.#count += 1;
  }

  /** The part with this index, from 0. Throws a RangeError if there is none. */
  at(index: number): ByteRange {
    if (index < 0 || index >= this.#count) throw new RangeError(`there is no part ${index}`);
    return { from: this.#numbers[index * 2] ?? 0, to: this.#numbers[index * 2 + 1] ?? 0 };
  }
}
