/** How fast a hunt reads, measured over its last seconds. */

/** How much had been read at an instant. */
export interface Sample {
  /** Milliseconds of a clock that never goes back. */
  readonly at: number;
  readonly bytes: number;
  readonly records: number;
}

/** Bytes and records per second. */
export interface Pace {
  readonly bytes: number;
  readonly records: number;
}

const WINDOW_MS = 10_000;
const SPACING_MS = 200;
/** A shorter measurement says little, because threads are still starting and caches are still filling. */
const MIN_MS = 2_000;

/**
 * The samples for the next pace, oldest first. The new sample is added if the last one is old enough. Samples from before the
 * measured seconds are dropped, except the latest of them.
 */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at - last.at < SPACING_MS) return samples;
  const start = samples.findLastIndex(({ at }) => sample.at - at >= WINDOW_MS);
  return [...samples.slice(Math.max(start, 0)), sample];
}

/** The pace from the oldest sample until now; undefined while there is too little to measure. */
export function paceOf(samples: readonly Sample[], now: Sample): Pace | undefined {
  const [first] = samples;
  const ms = first === undefined ? 0 : now.at - first.at;
  if (first === undefined || ms < MIN_MS) return undefined;
  return {
    bytes: ((now.bytes - first.bytes) * 1000) / ms,
    records: ((now.records - first.records) * 1000) / ms,
  };
}
