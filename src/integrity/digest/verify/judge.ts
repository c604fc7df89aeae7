/**
 * Decides of each digest whether it is CloudTrail's. Its signature proves it, whoever holds that: the next digest has it, and S3
 * beside the newest one. Without a public key, the hash in the next digest still tells an altered digest.
 */
import type { KeyObject } from 'node:crypto';
import type { Digest } from '../read/digest.js';
import type { Claim, Shelf } from './shelf.js';
import { checkDigestSignature, type SignatureAnswer } from './signature.js';

export type DigestStatus =
  | 'verified'
  | 'unverified'
  | 'without key'
  | 'altered'
  | 'signature wrong';

export interface Judged {
  readonly digest: Digest;
  readonly status: DigestStatus;
  /** Why it is altered, or its signature wrong. */
  readonly reason: string | null;
}

/** Whether there is proof that a digest is not what CloudTrail wrote. One that is only unproven is not wrong. */
export function isWrong(status: DigestStatus | undefined): boolean {
  return status === 'altered' || status === 'signature wrong';
}

const NEXT_IS_UNTRUE =
  'what it records of the digest before it is not true, so that one is not proven either';

/** Judges all digests. A digest with several contents is judged once for each; the key is the content's SHA-256. */
export function judged(
  shelf: Shelf,
  keys: ReadonlyMap<string, KeyObject>,
): ReadonlyMap<string, Judged> {
  const answers = new Map<string, Judged>();
  const forged = new Set<string>();
  // A digest is judged by what later ones say of it, so those come first.
  const names = [...shelf.digests.entries()].toSorted(
    ([a, [one]], [b, [other]]) =>
      (other?.name.end ?? 0) - (one?.name.end ?? 0) || (a < b ? 1 : a > b ? -1 : 0),
  );
  for (const [id, files] of names) {
    const claims = (shelf.claims.get(id) ?? []).map((claim) => ({
      ...claim,
      isByWrong: isWrong(answers.get(claim.by)?.status),
      isByForged: forged.has(claim.by) || answers.get(claim.by)?.status === 'signature wrong',
    }));
    const all = files.map((digest) => judge(digest, claims, keys.get(digest.fingerprint)));
    for (const { judged: one, isForged } of all) if (isForged) forged.add(one.digest.sha256);
    for (const { judged: one } of onlyOne(all)) answers.set(one.digest.sha256, one);
    for (const liar of all.flatMap(({ liars }) => liars)) {
      const known = answers.get(liar);
      if (known !== undefined && !isWrong(known.status) && known.status !== 'verified')
        answers.set(liar, { ...known, status: 'altered', reason: NEXT_IS_UNTRUE });
    }
  }
  return answers;
}

/** Of several contents with one name, at most one is CloudTrail's. */
function onlyOne(all: readonly Answer[]): readonly Answer[] {
  const possible = all.filter(({ judged: one }) => !isWrong(one.status));
  if (possible.length < 2) return all;
  const isProven = possible.some(({ judged: one }) => one.status === 'verified');
  return all.map((answer) => {
    const { judged: one } = answer;
    if (isWrong(one.status) || (isProven && one.status === 'verified')) return answer;
    const reason = 'another file has the same name, and other content';
    return { ...answer, judged: { ...one, status: 'altered', reason } };
  });
}

interface Answer {
  readonly judged: Judged;
  /** Whether the next digest has its hash, and a signature of it that is none. */
  readonly isForged: boolean;
  /** The contents of later digests that must be altered, because what they say of this one is not true. */
  readonly liars: readonly string[];
}

interface Held extends Claim {
  /** Whether the digest that says so is altered itself. */
  readonly isByWrong: boolean;
  /** Whether its own signature is none, or wrong: then somebody wrote a part of the chain anew, and signed it with a key of his own. */
  readonly isByForged: boolean;
}

function judge(digest: Digest, claims: readonly Held[], key: KeyObject | undefined): Answer {
  const answerOf = (signature: string): SignatureAnswer | undefined =>
    key === undefined ? undefined : checkDigestSignature(digest, signature, key);
  const own = digest.signatures.map(answerOf);
  const held = claims.map(({ by, isByWrong, isByForged, sha256, signature }) => ({
    by,
    isByWrong,
    isByForged,
    isSame: sha256 === digest.sha256,
    answer: signature === null ? undefined : answerOf(signature),
  }));
  const answers = new Set([...own, ...held.map(({ answer }) => answer)]);
  if (answers.has('right')) {
    const liars = held.filter(({ isSame, answer }) => !isSame || answer !== 'right');
    return {
      judged: { digest, status: 'verified', reason: null },
      isForged: false,
      liars: liars.map(({ by }) => by),
    };
  }
  const wrong = (status: 'altered' | 'signature wrong', reason: string): Answer => ({
    judged: { digest, status, reason },
    isForged: false,
    liars: [],
  });
  const isOther = answers.has('of another text');
  const mismatches = held.filter(({ isSame }) => !isSame);
  if (mismatches.length > 0 && (isOther || mismatches.some(({ isByWrong }) => !isByWrong)))
    return wrong('altered', 'its content is not the one that the next digest records');
  if (isOther)
    return wrong('signature wrong', 'CloudTrail signed another content of it than this one');
  if (held.length === 0 && own.includes('none'))
    return wrong('signature wrong', 'the signature beside it is not one of its public key');
  const unsigned = held.filter(({ answer }) => answer === 'none');
  if (unsigned.some(({ isByForged }) => isByForged))
    return wrong(
      'signature wrong',
      'the signature that the next digest records of it is not one of its public key',
    );
  const liars = unsigned.filter(({ isByWrong }) => !isByWrong);
  return {
    isForged: unsigned.length > 0,
    judged: { digest, status: key === undefined ? 'without key' : 'unverified', reason: null },
    liars: liars.map(({ by }) => by),
  };
}
