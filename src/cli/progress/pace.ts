/** How fast something goes, by its last seconds. */

/** What was done at an instant: milliseconds of any clock that only goes on. */
export interface Sample {
  readonly at: number;
  readonly bytes: number;
  readonly records: number;
}

/** Bytes and records a second. */
export interface Pace {
  readonly bytes: number;
  readonly records: number;
}

const WINDOW_MS = 10_000;
const SPACING_MS = 200;
/** Before that much time a pace means nothing: threads start, caches fill. */
const LEAST_MS = 2_000;

/** The samples that a pace needs, with a new one where the last is old enough; oldest first. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  const last = samples.at(-1);
  if (last !== undefined && sample.at - last.at < SPACING_MS) return samples;
  const old = samples.findLastIndex(({ at }) => sample.at - at >= WINDOW_MS);
  return [...samples.slice(Math.max(old, 0)), sample];
}

/** The pace from the oldest sample up to now; undefined while it means nothing. */
export function paceOf(samples: readonly Sample[], now: Sample): Pace | undefined {
  const [first] = samples;
  const ms = first === undefined ? 0 : now.at - first.at;
  if (first === undefined || ms < LEAST_MS) return undefined;
  return {
    bytes: ((now.bytes - first.bytes) * 1000) / ms,
    records: ((now.records - first.records) * 1000) / ms,
  };
}
