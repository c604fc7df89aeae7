/** The public keys that are not at hand, one problem for each. */
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { DigestProblem } from '../../report/completeness/digest-check.js';
import { keyMessage } from './messages.js';
import type { Judged } from './verify/judge.js';
import { pushTo } from '../../memory/grouped.js';

/** `without`: the digests whose key is not at hand. */
export function missingKeys(without: readonly Judged[]): readonly DigestProblem[] {
  const byKey = new Map<string, Judged[]>();
  for (const one of without) pushTo(byKey, one.digest.fingerprint, one);
  return [...byKey].map(([fingerprint, all]) => {
    const accounts = distinct(all.map(({ digest }) => digest.name.account));
    const regions = distinct(all.map(({ digest }) => digest.name.region));
    const [account = null, ...more] = accounts;
    return {
      kind: 'key missing',
      path: null,
      account: more.length > 0 ? null : account,
      region: regions.length === 1 ? (regions[0] ?? null) : null,
      since: formatInstant(
        all.reduce((first, { digest }) => Math.min(first, digest.since), Infinity),
      ),
      until: formatInstant(
        all.reduce((last, { digest }) => Math.max(last, digest.until), -Infinity),
      ),
      message: keyMessage(fingerprint, all.length, regions.join(', ')),
    };
  });
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
