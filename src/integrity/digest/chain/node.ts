/** A digest at its place in a chain: one that was read, or one of which only the name can be read. */
import type { DigestName } from '../../../cloudtrail/file-name/digest-name.js';
import type { PreviousDigest } from '../read/digest.js';
import type { Judged } from '../verify/judge.js';

export interface ChainNode {
  readonly id: string;
  readonly name: DigestName;
  readonly organization: string | null;
  /** In milliseconds since 1970 UTC. */
  readonly since: number;
  readonly until: number;
  /** Null where validation begins here; undefined where it cannot be read. */
  readonly previous: PreviousDigest | null | undefined;
  /** Undefined where it cannot be read. */
  readonly judged: Judged | undefined;
}
