/** The files that wait for a thread. The first ones may be read while others are still being found. */
import type { FoundFile } from '../find/discover.js';

/** Classes are kept in order at less cost than all files whenever some are added. Sizes in one differ by less than a twentieth. */
const CLASSES_TO_DOUBLE = 16;

export class Supply {
  /** By the class of their sizes. */
  readonly #bySize: FoundFile[][] = [];
  #waiting = 0;
  #isComplete = false;
  #onChange = (): void => undefined;

  /** How many files wait. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether no files will be added. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  add(files: readonly FoundFile[]): void {
    for (const file of files) (this.#bySize[classOf(file)] ??= []).push(file);
    this.#waiting += files.length;
    if (files.length > 0) this.#onChange();
  }

  complete(): void {
    this.#isComplete = true;
    this.#onChange();
  }

  /** The listener is called after files were added, and when no more will be. */
  onChange(listener: () => void): void {
    this.#onChange = listener;
  }

  /** Removes the largest file: otherwise one thread might be left with a large file when all others are done. */
  take(): FoundFile | undefined {
    while (this.#bySize.length > 0) {
      const file = this.#bySize.at(-1)?.pop();
      if (file !== undefined) {
        this.#waiting -= 1;
        return file;
      }
      this.#bySize.pop();
    }
    return undefined;
  }
}

function classOf({ size }: FoundFile): number {
  return Math.floor(CLASSES_TO_DOUBLE * Math.log2(1 + size));
}
