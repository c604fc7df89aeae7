/** Starts work on several items ahead of their turn, and keeps their order. Hides the latency of S3. */

export interface PrefetchLimits<T> {
  /** How many items are worked on at the same time. */
  readonly items: number;
  /** How many bytes these items may have together. A larger item is worked on alone. */
  readonly bytes: number;
  readonly bytesOf: (item: T) => number;
}

/** The items in their order, each with the promise that `start` returned for it. */
export async function* prefetch<T, R>(
  items: Iterable<T>,
  limits: PrefetchLimits<T>,
  start: (item: T) => Promise<R>,
): AsyncGenerator<readonly [item: T, outcome: Promise<R>]> {
  let started: readonly (readonly [T, Promise<R>])[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = limits.bytesOf(item);
    for (const first of started) {
      if (started.length < limits.items && bytes + size <= limits.bytes) break;
      yield first;
      started = started.slice(1);
      bytes -= limits.bytesOf(first[0]);
    }
    const outcome = start(item);
    // It may fail before the consumer awaits it, which Node would treat as an unhandled rejection.
    outcome.catch(() => undefined);
    started = [...started, [item, outcome]];
    bytes += size;
  }
  yield* started;
}
