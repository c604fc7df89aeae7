/** Reads logs and digests for `hunt verify`, and checks them. */
import { availableParallelism } from 'node:os';
import type { Window } from '../../cloudtrail/time/window.js';
import { readEvidence, type EvidenceRequest } from '../../dump/digest/read-alone.js';
import type { DumpSummary } from '../../dump/dump.js';
import { verified, type Verifying } from '../../hunt/verify.js';
import type { DigestCheck } from '../../report/completeness/digest-check.js';
import type { CommandContext } from '../context.js';
import { dumpProgressOn } from '../progress/dump-progress.js';
import type { Verified } from './verified.js';

export interface VerifyRequest extends Pick<
  EvidenceRequest,
  'paths' | 's3' | 'late' | 'prune' | 'maxUnpacked'
> {
  readonly window: Window;
  /** How many threads read; undefined for one per core. */
  readonly jobs: number | undefined;
  readonly verifying: Verifying;
  readonly showsProgress: boolean;
}

/** Throws HuntErrors. */
export async function verifyLogs(
  { paths, s3, window, late, prune, maxUnpacked, jobs, verifying, showsProgress }: VerifyRequest,
  { stdin, stderr, environment, now, threads, signal }: CommandContext,
): Promise<Verified> {
  const progress = await dumpProgressOn({ stderr, environment }, showsProgress);
  try {
    const { evidence, isExpected, summary } = await readEvidence({
      paths,
      s3,
      window,
      late,
      prune,
      maxUnpacked,
      stdin,
      threads,
      signal,
      workers: jobs ?? availableParallelism(),
      onProgress: progress.update,
    });
    const check = await verified(
      { paths, s3, window, evidence, isExpected, now, signal },
      verifying,
    );
    return { paths, window, check, ...lossesOf(summary, check) };
  } finally {
    progress.stop();
  }
}

/** What could not be read, without the files that the check names itself. */
function lossesOf(
  { unreadable, unlisted }: DumpSummary,
  { problems }: DigestCheck,
): Pick<Verified, 'unreadable' | 'moreUnreadable'> {
  const named = new Set(problems.map(({ path }) => path));
  return {
    unreadable: unreadable.filter(({ path }) => !named.has(path)),
    moreUnreadable: unlisted,
  };
}
