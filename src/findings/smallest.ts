/** The first texts in order of code points of all that were added: the same ones in whatever order they come. */
import { byCodePoint } from '../cloudtrail/canonical.js';

export class Smallest {
  readonly #most: number;
  #texts = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  add(text: string): void {
    this.#texts.add(text);
    if (this.#texts.size > 2 * this.#most) this.#cut();
  }

  keys(): ReadonlySet<string> {
    this.#cut();
    return this.#texts;
  }

  #cut(): void {
    if (this.#texts.size > this.#most)
      this.#texts = new Set([...this.#texts].toSorted(byCodePoint).slice(0, this.#most));
  }
}
