/**
 * What digests say of single log files, each by itself. Of other files of that time nothing is asked: they need not be among those
 * that were read.
 */
import type { DigestFile, HashedLog, LogEvidence } from '../../../dump/digest/evidence.js';
import { pushTo } from '../../../memory/grouped.js';
import { judgeDigests } from '../judged-digests.js';
import { readDigest } from '../read/digest.js';
import { packedHash } from '../read/hash.js';
import { datedLog, fileName } from '../read/names.js';
import type { TrailKey } from '../trail-key.js';
import { Shelf } from '../verify/shelf.js';
import { Coverage } from './coverage.js';
import { bestClaims } from './judge.js';

export type SingleProof =
  | 'intact'
  | 'altered'
  /** As a digest says whose signature is not verified. */
  | 'unproven'
  /** Named by a digest that is altered itself. */
  | 'wrong digest'
  /** Named by no digest of its time. */
  | 'not named'
  /** There is no digest of its time. */
  | 'no digest'
  /** No digest names it, and its name is not one that CloudTrail gives, so its time is not known. */
  | 'other name'
  | 'unreadable';

interface Claim {
  readonly by: string;
  readonly hash: string;
}

/** By the paths of the logs. */
export function proofOfEach(
  { digests, lostDigests, logs }: LogEvidence,
  keys: readonly TrailKey[],
): ReadonlyMap<string, SingleProof> {
  const shelf = new Shelf();
  const claims = claimsOf(digests, new Set(logs.map(({ path }) => fileName(path))), shelf);
  const { statusOf, chains } = judgeDigests(shelf, {
    lost: lostDigests,
    keys,
    window: { since: undefined, until: undefined },
    isExpected: () => false,
    settled: Infinity,
  });
  const coverage = new Coverage(chains);
  const proofOf = ({ path, sha256 }: HashedLog): SingleProof => {
    if (sha256 === null) return 'unreadable';
    const name = fileName(path);
    const all = claims.get(name) ?? [];
    const { best, isProof } = bestClaims(all, { statusOf });
    if (best.length > 0) {
      const hash = packedHash(sha256);
      if (!best.some((claim) => claim.hash === hash)) return 'altered';
      return isProof ? 'intact' : 'unproven';
    }
    if (all.length > 0) return 'wrong digest';
    const read = datedLog(name);
    if (read === undefined) return 'other name';
    return coverage.reasonFor(read) === 'extra' ? 'not named' : 'no digest';
  };
  return new Map(logs.map((log) => [log.path, proofOf(log)]));
}

/** What digests say of the log files with these names. Puts the digests on the shelf. */
function claimsOf(
  digests: readonly DigestFile[],
  names: ReadonlySet<string>,
  shelf: Shelf,
): ReadonlyMap<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  for (const file of digests) {
    const read = readDigest(file);
    if (typeof read === 'string') continue;
    shelf.add(read.digest);
    for (const { key, hash } of read.logs) {
      const name = fileName(key);
      if (names.has(name)) pushTo(claims, name, { by: read.digest.sha256, hash });
    }
  }
  return claims;
}
