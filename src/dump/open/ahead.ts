/** Begins work on items before it is their turn: latency is what costs, and the order stays. */

export interface AheadLimits<T> {
  /** How many items are worked on at once. */
  readonly items: number;
  /** How many bytes they may have together; a larger one is worked on alone. */
  readonly bytes: number;
  readonly bytesOf: (item: T) => number;
}

/** The items in their order, each with what `begin` gave for it, begun ahead within the limits. */
export async function* ahead<T, R>(
  items: Iterable<T>,
  limits: AheadLimits<T>,
  begin: (item: T) => Promise<R>,
): AsyncGenerator<readonly [item: T, outcome: Promise<R>]> {
  let begun: readonly (readonly [T, Promise<R>])[] = [];
  let bytes = 0;
  for (const item of items) {
    const size = limits.bytesOf(item);
    for (const first of begun) {
      if (begun.length < limits.items && bytes + size <= limits.bytes) break;
      yield first;
      begun = begun.slice(1);
      bytes -= limits.bytesOf(first[0]);
    }
    const outcome = begin(item);
    // It may fail before its turn.
    outcome.catch(() => undefined);
    begun = [...begun, [item, outcome]];
    bytes += size;
  }
  yield* begun;
}
