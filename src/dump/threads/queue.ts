/** A bounded queue between the reader and the consumer. The reader waits while the queue is full. */
export class Queue<T> {
  readonly #items: T[] = [];
  readonly #maxSize: number;
  readonly #sizeOf: (item: T) => number;
  #size = 0;
  #isEnded = false;
  #isClosed = false;
  #failure: { readonly error: unknown } | undefined;
  /** Wakes the consumer that waits for an item. */
  #wake: (() => void) | undefined;
  /** Resumes the readers that wait for room. */
  #waitingReaders: (() => void)[] = [];

  /** The queue is full when its items have `maxSize` bytes together. */
  constructor(maxSize: number, sizeOf: (item: T) => number) {
    this.#maxSize = maxSize;
    this.#sizeOf = sizeOf;
  }

  /** Adds an item. Resolves when there is room for another. */
  put(item: T): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#items.push(item);
    this.#size += this.#sizeOf(item);
    this.#wake?.();
    if (this.#size < this.#maxSize) return Promise.resolve();
    return new Promise((resolve) => this.#waitingReaders.push(resolve));
  }

  end(): void {
    this.#isEnded = true;
    this.#wake?.();
  }

  fail(error: unknown): void {
    this.#failure = { error };
    this.#wake?.();
  }

  /** Drops everything that is put from now on, because the consumer has left. */
  close(): void {
    this.#isClosed = true;
    for (const resume of this.#waitingReaders.splice(0)) resume();
  }

  /** The items as they come. Throws the error given to `fail`, after the items before it. Consume it once. */
  async *items(): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift();
      if (item !== undefined) {
        this.#size -= this.#sizeOf(item);
        for (const resume of this.#waitingReaders.splice(0)) resume();
        yield item;
      } else if (this.#failure) throw this.#failure.error;
      else if (this.#isEnded) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
