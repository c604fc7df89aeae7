/** A map in which the entries that were set last survive: memory is bounded, whatever a log has. */

import { hash } from 'node:crypto';

/** In UTF-16 units. The texts of a log may be longer. */
const LONGEST_KEY = 256;

export class Recent<V> {
  readonly #most: number;
  readonly #entries = new Map<string, V>();

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    return this.#entries.get(short(key));
  }

  set(key: string, value: V): void {
    const kept = short(key);
    this.#entries.delete(kept);
    this.#entries.set(kept, value);
    if (this.#entries.size <= this.#most) return;
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest);
      break;
    }
  }
}

function short(key: string): string {
  return key.length > LONGEST_KEY ? hash('sha256', key) : key;
}
