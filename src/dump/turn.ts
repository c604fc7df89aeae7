/** What is long takes its length many times over while it is read: of several threads one at a time does it. */
import { noteText } from '../long-text.js';

const FREE = 0;
const TAKEN = 1;

/** In bytes: a record, or what is parsed at once. */
const LONG = 1 << 20;

/** What threads share to know whose turn it is. */
export function sharedTurn(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
}

export class Turn {
  readonly #shared: Int32Array | undefined;
  #bytes = 0;

  /** Without anything shared there is nobody to wait for. */
  constructor(shared: Int32Array | undefined) {
    this.#shared = shared;
  }

  /** Whether something long is at hand. */
  get isMine(): boolean {
    return this.#bytes > 0;
  }

  /** Before so many bytes are taken in: where they are long, waits for the turn. Meanwhile nothing else happens in this thread. */
  takeFor(bytes: number): void {
    if (bytes <= LONG) return;
    if (!this.isMine) this.#wait();
    this.#bytes = bytes;
  }

  /** What was long is let go. */
  end(): void {
    if (!this.isMine) return;
    noteText(this.#bytes);
    this.#bytes = 0;
    if (this.#shared === undefined) return;
    Atomics.store(this.#shared, 0, FREE);
    Atomics.notify(this.#shared, 0, 1);
  }

  #wait(): void {
    if (this.#shared === undefined) return;
    while (Atomics.compareExchange(this.#shared, 0, FREE, TAKEN) !== FREE)
      Atomics.wait(this.#shared, 0, TAKEN);
  }
}
