/**
 * How long to wait before the next of several tries, in milliseconds: anything up to a bound that doubles ("full jitter").
 * Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitter(tries: number, first: number, most: number): number {
  return Math.random() * Math.min(most, first * 2 ** tries);
}
