/** A bounded queue between what reads and what loads: the reader waits while the loader is behind. */
export class Queue<T> {
  private readonly waiting: T[] = [];
  private readonly capacity: number;
  private isEnded = false;
  private isClosed = false;
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;
  private room: (() => void)[] = [];

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** Adds an item; resolves when there is room for another. */
  put(item: T): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.waiting.push(item);
    this.wake?.();
    if (this.waiting.length < this.capacity) return Promise.resolve();
    return new Promise((resolve) => this.room.push(resolve));
  }

  end(): void {
    this.isEnded = true;
    this.wake?.();
  }

  fail(error: unknown): void {
    this.failure = { error };
    this.wake?.();
  }

  /** Nobody takes items any more: what is put is dropped. */
  close(): void {
    this.isClosed = true;
    for (const resume of this.room.splice(0)) resume();
  }

  /** The items as they come; throws what `fail` was given. To be consumed once. */
  async *items(): AsyncGenerator<T> {
    for (;;) {
      const item = this.waiting.shift();
      if (item !== undefined) {
        for (const resume of this.room.splice(0)) resume();
        yield item;
      } else if (this.failure) throw this.failure.error;
      else if (this.isEnded) return;
      else
        await new Promise<void>((resolve) => {
          this.wake = resolve;
        });
    }
  }
}
