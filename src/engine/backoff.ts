export interface Backoff {
  /** The bound of the first pause, in milliseconds. It doubles with each try. */
  readonly first: number;
  /** The longest pause, in milliseconds. */
  readonly most: number;
}

/**
 * How long to wait before the next try, in milliseconds: a random time below a bound that doubles ("full jitter").
 * `tries` counts the pauses so far.
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitter(tries: number, { first, most }: Backoff): number {
  return Math.random() * Math.min(most, first * 2 ** tries);
}
