/** A file that CloudTrail wrote into its bucket. */
export interface Delivery {
  readonly bucket: string;
  readonly key: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
}
