/** Checks the logs of a hunt by CloudTrail's digests, with what the reading gathered. */
import type { Window } from '../cloudtrail/time/window.js';
import type { LogEvidence } from '../dump/digest/evidence.js';
import type { IsExpected } from '../dump/digest/expected.js';
import { readEvidence, type EvidenceRequest } from '../dump/digest/read-alone.js';
import type { S3Settings } from '../dump/s3/client.js';
import { checkDigests } from '../integrity/digest/check.js';
import type { TrailKey } from '../integrity/digest/trail-key.js';
import { gatherKeys } from '../integrity/digest/keys/gather.js';
import type { DigestCheck, LateFiles } from '../report/completeness/digest-check.js';

/** Where the public keys come from. */
export interface Verifying {
  /** The keys of `--public-keys`. */
  readonly keys: readonly TrailKey[];
  /** Whether AWS may be asked for keys that are in no file. */
  readonly asksAws: boolean;
  /** Takes what the user should know of the keys, a line each. */
  readonly onNote: (line: string) => void;
}

export interface GatheredLogs {
  readonly paths: readonly string[];
  readonly s3: S3Settings | undefined;
  readonly window: Window;
  readonly evidence: LogEvidence;
  readonly isExpected: IsExpected;
  /** See `CheckSettings`. */
  readonly now?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Checks what was gathered. Throws a HuntError if it is interrupted. */
export async function verified(
  { paths, s3, window, evidence, isExpected, now, signal }: GatheredLogs,
  { keys: named, asksAws, onNote }: Verifying,
): Promise<DigestCheck> {
  const { digests, lostDigests: lost, logs } = evidence;
  const { keys, notes } = await gatherKeys({ named, paths, s3, digests, asksAws, signal });
  for (const note of notes) onNote(note);
  return checkDigests({ keys, window, isExpected, now, digests, lost, logs });
}

/** Reads logs for this check alone, beside a query of a table over them. Throws a HuntError if a path cannot be read. */
export async function verifyAlone(
  request: EvidenceRequest & Pick<GatheredLogs, 'now'>,
  verifying: Verifying,
): Promise<DigestCheck> {
  const { paths, s3, window, now, signal } = request;
  const { evidence, isExpected } = await readEvidence(request);
  return verified({ paths, s3, window, evidence, isExpected, now, signal }, verifying);
}

/** The checks of the bucket below a table. */
export interface BucketChecks {
  readonly window: () => Promise<DigestCheck>;
  /** See `checkLateFiles`. */
  readonly lateFiles: (sources: Iterable<string | null>) => Promise<LateFiles | null>;
}
