/** Which public keys the digests need, and where CloudTrail has them. */
import { digestNameOf } from '../../../cloudtrail/file-name/digest-name.js';
import type { DigestFile } from '../../../dump/digest/evidence.js';

/** Keys of a region that were in use between two instants, in milliseconds since 1970 UTC. */
export interface NeededKeys {
  readonly region: string;
  readonly since: number;
  readonly until: number;
}

const FINGERPRINT = /"digestPublicKeyFingerprint"\s*:\s*"([0-9a-fA-F]{32})"/;
const OBJECT = /"digestS3Object"\s*:\s*"([^"\\]{1,1024})"/;
/** These members stand before the list of log files, as CloudTrail writes a digest. */
const HEAD_BYTES = 4096;

/**
 * The regions to ask, sorted, for the keys that are not known. A key belongs to the region of the digest, say the documents; AWS's own
 * tool asks the home region of the trail. So both are asked.
 */
export function neededKeys(
  digests: readonly Pick<DigestFile, 'text'>[],
  known: ReadonlySet<string>,
): readonly NeededKeys[] {
  const needed = new Map<string, NeededKeys>();
  for (const { text } of digests) {
    const head = text.toString('utf8', 0, HEAD_BYTES);
    const fingerprint = FINGERPRINT.exec(head)?.[1]?.toLowerCase();
    if (fingerprint === undefined || known.has(fingerprint)) continue;
    const name = digestNameOf(OBJECT.exec(head)?.[1] ?? '');
    if (name === undefined) continue;
    for (const region of new Set([name.region, name.homeRegion])) {
      const { since = Infinity, until = -Infinity } = needed.get(region) ?? {};
      needed.set(region, {
        region,
        since: Math.min(since, name.end),
        until: Math.max(until, name.end),
      });
    }
  }
  return [...needed.values()].toSorted((a, b) => (a.region < b.region ? -1 : 1));
}
