/**
 * Lets only one thread at a time parse a long record, because parsing takes many times the record's size in memory. It is a
 * ticket lock: threads get it in the order in which they requested it.
 */
import { countGarbage } from '../../memory/garbage.js';

// Positions in the shared state: the next ticket to be drawn, and how many tickets have been released.
const NEXT_TICKET = 0;
const RELEASED = 1;

/** Records of more bytes are long. */
const LONG = 1 << 20;

/** The state that the threads share. */
export function createSharedLock(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

export class LongRecordLock {
  readonly #shared: Int32Array | undefined;
  /** The length of the record that the lock was acquired for; 0 while it is free. */
  #bytes = 0;

  /** Without shared state there is only one thread, and the lock is always free. */
  constructor(shared: Int32Array | undefined) {
    this.#shared = shared;
  }

  get isAcquired(): boolean {
    return this.#bytes > 0;
  }

  /** Acquires the lock if this many bytes are long. Blocks the thread until the lock is free. */
  acquireFor(bytes: number): void {
    if (bytes <= LONG) return;
    if (!this.isAcquired) this.#wait();
    this.#bytes = bytes;
  }

  /** Releases the lock, if it is acquired. The record must not be referenced any more. */
  release(): void {
    if (!this.isAcquired) return;
    countGarbage(this.#bytes);
    this.#bytes = 0;
    if (this.#shared === undefined) return;
    Atomics.add(this.#shared, RELEASED, 1);
    Atomics.notify(this.#shared, RELEASED);
  }

  #wait(): void {
    const shared = this.#shared;
    if (shared === undefined) return;
    const ticket = Atomics.add(shared, NEXT_TICKET, 1);
    let released = Atomics.load(shared, RELEASED);
    while (released !== ticket) {
      Atomics.wait(shared, RELEASED, released);
      released = Atomics.load(shared, RELEASED);
    }
  }
}
