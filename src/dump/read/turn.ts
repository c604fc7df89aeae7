/** What is long takes its length many times over while it is read: of several threads one at a time does it. */
import { noteText } from '../../text/long-text.js';

// Places in what is shared: how many turns were asked for, and how many are over. Who asks first is first.
const ASKED = 0;
const OVER = 1;

/** In bytes: a record, or what is parsed at once. */
const LONG = 1 << 20;

/** What threads share to know whose turn it is. */
export function sharedTurn(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
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
    Atomics.add(this.#shared, OVER, 1);
    Atomics.notify(this.#shared, OVER);
  }

  #wait(): void {
    const shared = this.#shared;
    if (shared === undefined) return;
    const mine = Atomics.add(shared, ASKED, 1);
    for (let over = Atomics.load(shared, OVER); over !== mine; over = Atomics.load(shared, OVER))
      Atomics.wait(shared, OVER, over);
  }
}
