/** All digests together: which are CloudTrail's, which chains they make, and what is wrong with them. */
import { digestNameOf } from '../../cloudtrail/file-name/digest-name.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type { DigestCheck, DigestProblem } from '../../report/completeness/digest-check.js';
import { checkedChains, type CheckedChain } from './chain/checked.js';
import { edgeGaps } from './chain/edges.js';
import { chainsOf } from './chain/chains.js';
import type { LostDigest } from '../../dump/digest/evidence.js';
import type { TrailKey } from './trail-key.js';
import { hoursIn } from './messages.js';
import { missingKeys } from './missing-keys.js';
import {
  missingDigests,
  movedDigest,
  stranger,
  unreadableDigest,
  wrongDigest,
} from './problems.js';
import type { Digest } from './read/digest.js';
import { usableKeys } from './read/keys.js';
import { isWrong, judged, type DigestStatus } from './verify/judge.js';
import type { Shelf } from './verify/shelf.js';

export interface DigestSettings {
  readonly lost: readonly LostDigest[];
  readonly keys: readonly TrailKey[];
  readonly window: Window;
  readonly isExpected: (key: string) => boolean;
  /** Until when all digests have arrived, in milliseconds since 1970 UTC. */
  readonly settled: number;
}

export interface JudgedDigests {
  readonly chains: readonly CheckedChain[];
  readonly problems: readonly DigestProblem[];
  readonly counts: DigestCheck['digestCounts'];
  /** Of the public keys that verified a digest. */
  readonly fingerprints: ReadonlySet<string>;
  /** Of the content of a digest. */
  readonly statusOf: (digest: string) => DigestStatus | undefined;
  readonly digestOf: (digest: string) => Digest | undefined;
  /** Whether the digest before it is not here, though it names one. */
  readonly isFirstOfCopy: (digest: string) => boolean;
}

/** Problems and counts are of digests in the window alone; chains and the answers about one digest are of all that were read. */
export function judgeDigests(
  shelf: Shelf,
  { lost, keys, window, isExpected, settled }: DigestSettings,
): JudgedDigests {
  const isHere = touches(window);
  const moved = shelf.settle();
  const answers = judged(shelf, usableKeys(keys));
  const has = (id: string): boolean => shelf.digests.has(id);
  const walk = { has, isExpected, isNamed: (id: string) => shelf.claims.has(id) };
  const { chains, strangers } = checkedChains(chainsOf(answers.values(), lost), walk);
  const strange = new Set(strangers.map(({ judged: one }) => one?.digest.sha256));
  const all = [...answers.values()].filter(
    ({ digest }) => isHere(digest) && !strange.has(digest.sha256),
  );
  const strangersHere = strangers.filter(isHere);
  const lostHere = lost.filter(({ path }) => isHere(timeIn(path)));
  const wrong = all.filter(({ status }) => isWrong(status));
  const withoutKey = all.filter(({ status }) => status === 'without key');
  const gaps = [
    ...chains
      .flatMap((chain) => chain.gaps)
      .filter(isHere)
      .map(missingDigests),
    ...edgeGaps(chains, settledWindow(window, settled), walk),
  ];
  const firsts = new Set(
    chains
      .flatMap(({ spans }) => spans)
      .filter(({ begins }) => begins !== 'start')
      .map(({ nodes }) => nodes[0]?.judged?.digest.sha256),
  );
  return {
    chains,
    problems: [
      ...lostHere.map(unreadableDigest),
      ...wrong.map(wrongDigest),
      ...strangersHere.flatMap(stranger),
      // Of an altered one, the place that it states may be what was altered.
      ...moved.filter(({ sha256 }) => !isWrong(answers.get(sha256)?.status)).map(movedDigest),
      ...gaps,
      ...missingKeys(withoutKey),
    ],
    fingerprints: new Set(
      all
        .filter(({ status }) => status === 'verified')
        .map(({ digest }) => digest.fingerprint.toLowerCase()),
    ),
    counts: {
      verified: all.filter(({ status }) => status === 'verified').length,
      unverifiedTail: all.filter(({ status }) => status === 'unverified').length,
      withoutKey: withoutKey.length,
      backfill: all.filter(({ digest }) => digest.name.isBackfill).length,
      wrong: wrong.length + strangersHere.length + lostHere.length,
      missing: gaps.reduce((sum, gap) => sum + hoursOf(gap), 0),
    },
    statusOf: (digest) => (strange.has(digest) ? 'signature wrong' : answers.get(digest)?.status),
    digestOf: (digest) => answers.get(digest)?.digest,
    isFirstOfCopy: (digest) => firsts.has(digest),
  };
}

interface Time {
  readonly since: number;
  readonly until: number;
}

function settledWindow({ since, until }: Window, settled: number): Window {
  return { since, until: until === undefined ? undefined : Math.min(until, settled) };
}

/** Whether a time has a part in the window. */
export function touches({ since = -Infinity, until = Infinity }: Window): (time: Time) => boolean {
  return (time) => time.until > since && Math.min(time.since, time.until) < until;
}

function timeIn(path: string): Time {
  const end = digestNameOf(path)?.end;
  return end === undefined
    ? { since: -Infinity, until: Infinity }
    : { since: end - HOUR, until: end };
}

function hoursOf({ since, until }: DigestProblem): number {
  return since === null || until === null ? 1 : hoursIn(Date.parse(since), Date.parse(until));
}
