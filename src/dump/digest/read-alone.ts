/** Reads logs for their digests alone: lists, unpacks and hashes files, and looks at no record. */
import type { Readable } from 'node:stream';
import { NOTHING_REQUIRED } from '../../cloudtrail/requirement.js';
import type { DumpRequest, DumpSummary } from '../dump.js';
import { readDump } from '../read/read.js';
import type { LogEvidence } from './evidence.js';
import { expectedFiles, type IsExpected } from './expected.js';

/** See `DumpRequest` for its members. */
export interface EvidenceRequest extends Pick<
  DumpRequest,
  | 'paths'
  | 'window'
  | 'late'
  | 'prune'
  | 's3'
  | 'workers'
  | 'maxUnpacked'
  | 'isKnown'
  | 'hashes'
  | 'signal'
  | 'onProgress'
> {
  readonly stdin: () => Readable;
  readonly threads?: DumpRequest['threads'];
}

export interface EvidenceRead {
  readonly evidence: LogEvidence;
  readonly isExpected: IsExpected;
  /** What was read and what was not. Its counts of records are 0. */
  readonly summary: DumpSummary;
}

/** Throws a HuntError if a path does not exist, or cannot be listed. Any other fault is in the summary. */
export async function readEvidence(request: EvidenceRequest): Promise<EvidenceRead> {
  const { paths, window, late, prune, s3, stdin, workers, threads } = request;
  const { maxUnpacked, isKnown, hashes, signal, onProgress } = request;
  const asked: DumpRequest = {
    paths,
    window,
    late,
    prune,
    s3,
    stdin,
    workers,
    threads,
    maxUnpacked,
    isKnown,
    hashes,
    signal,
    onProgress,
    required: NOTHING_REQUIRED,
    prefilter: false,
    columns: [],
    verify: 'alone',
  };
  const dump = readDump(asked);
  // It has no rows.
  for await (const batch of dump.batches) batch satisfies object;
  return {
    evidence: dump.evidence(),
    isExpected: expectedFiles(asked),
    summary: dump.summary(),
  };
}
