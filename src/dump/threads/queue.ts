/** A bounded queue between what reads and what loads: the reader waits while the loader is behind. */
export class Queue<T> {
  private readonly waiting: T[] = [];
  private readonly most: number;
  private readonly sizeOf: (item: T) => number;
  private size = 0;
  private isEnded = false;
  private isClosed = false;
  private failure: { readonly error: unknown } | undefined;
  private wake: (() => void) | undefined;
  private room: (() => void)[] = [];

  /** Holds about `most` bytes. */
  constructor(most: number, sizeOf: (item: T) => number) {
    this.most = most;
    this.sizeOf = sizeOf;
  }

  /** Adds an item; resolves when there is room for another. */
  put(item: T): Promise<void> {
    if (this.isClosed) return Promise.resolve();
    this.waiting.push(item);
    this.size += this.sizeOf(item);
    this.wake?.();
    if (this.size < this.most) return Promise.resolve();
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
        this.size -= this.sizeOf(item);
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
