/** An event that no rule of a hunt looks for, and that ends what findings began: a bucket is deleted, and with it its policy. */
import type { State } from '../change/change.js';

export interface EndingEvent {
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  readonly eventID: string | null;
  readonly eventSource: string | null;
  readonly awsRegion: string | null;
  readonly ownAccount: string | null;
  readonly ends: readonly State[];
  /** What it puts in place of what it ends: if that was there before, it goes on. */
  readonly begins: readonly State[];
  readonly removes: readonly string[];
}
