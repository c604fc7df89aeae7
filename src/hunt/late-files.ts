/**
 * Checks the files of late findings by the digests of their own days. The check of the period looks at the period alone, and what
 * earlier runs have read is not read again, but for these files, the digests of their days, and what may have digests without saying so in
 * its name.
 */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { digestNameOf } from '../cloudtrail/file-name/digest-name.js';
import { DAY, midnight } from '../cloudtrail/time/window.js';
import { isDeliveredName, isDigestName } from '../dump/digest/names.js';
import { readEvidence, type EvidenceRequest } from '../dump/digest/read-alone.js';
import type { LogEvidence } from '../dump/digest/evidence.js';
import type { InputFile } from '../dump/dump.js';
import { gatherKeys } from '../integrity/digest/keys/gather.js';
import { proofOfEach, type SingleProof } from '../integrity/digest/logs/single.js';
import { otherName, pathText } from '../integrity/digest/messages.js';
import { datedLog, fileName } from '../integrity/digest/read/names.js';
import type { LateFile, LateFiles } from '../report/completeness/digest-check.js';
import type { Verifying } from './verify.js';

/** So many are listed. */
const MOST = 1000;

export type LateFilesRequest = Omit<EvidenceRequest, 'window' | 'late' | 'isKnown' | 'onProgress'>;

export interface CheckedLateFiles {
  readonly files: LateFiles | null;
  /**
   * The digests that were read for it, with hashes if the request asks for them. The search for late events has the logs. An archive
   * that also has digests is not here: whoever repeats that search over these files would hunt in its logs.
   */
  readonly inputs: readonly InputFile[];
}

/** `sources` has the file of each late finding. Throws a HuntError if it is interrupted. */
export async function checkLateFiles(
  sources: Iterable<string | null>,
  request: LateFilesRequest,
  { keys: named, asksAws }: Verifying,
): Promise<CheckedLateFiles> {
  const findings = new Map<string | null, number>();
  for (const source of sources) findings.set(source, (findings.get(source) ?? 0) + 1);
  if (findings.size === 0) return { files: null, inputs: [] };
  const { evidence, inputs } = await evidenceOf([...findings.keys()], request);
  const { paths, s3, signal } = request;
  const { digests } = evidence;
  // What is to be said of the keys, the check of the period says.
  const { keys } = await gatherKeys({ named, paths, s3, digests, asksAws, signal });
  return { files: lateFilesOf(findings, proofOfEach(evidence, keys)), inputs };
}

const NOTHING: LogEvidence = { digests: [], lostDigests: [], logs: [] };

/** Reads the files, and the digests that may name them or have the signature of one that does. */
async function evidenceOf(
  sources: readonly (string | null)[],
  request: LateFilesRequest,
): Promise<{ readonly evidence: LogEvidence; readonly inputs: readonly InputFile[] }> {
  const wanted = new Set(sources);
  const days = new Set<string>();
  const times: number[] = [];
  for (const source of sources) {
    const name = source === null ? undefined : datedLog(fileName(source));
    if (name === undefined) continue;
    const day = midnight(name.time);
    times.push(day);
    for (const one of [day, day + DAY]) days.add(dayKey(name, one));
  }
  // No digest names a file whose name CloudTrail did not give.
  if (times.length === 0) return { evidence: NOTHING, inputs: [] };
  const archives = new Set(sources.flatMap((source) => source?.split('!', 1) ?? []));
  const { evidence, summary } = await readEvidence({
    ...request,
    window: {
      since: times.reduce((first, time) => Math.min(first, time)),
      until: times.reduce((last, time) => Math.max(last, time)) + 2 * DAY,
    },
    late: 0,
    isKnown: ({ path }) => {
      if (wanted.has(path) || archives.has(path)) return false;
      const name = digestNameOf(path);
      return name === undefined
        ? isDeliveredName(path)
        : !days.has(dayKey(name, midnight(name.end)));
    },
  });
  const logs = evidence.logs.filter(({ path }) => wanted.has(path));
  const inputs = summary.inputs.filter(({ path }) => isDigestName(path));
  return { evidence: { ...evidence, logs }, inputs };
}

function dayKey({ account, region }: { account: string; region: string }, day: number): string {
  return `${account} ${region} ${day}`;
}

const SAID: Readonly<Record<Exclude<SingleProof, 'intact'>, string>> = {
  altered: 'the digest of its time names it with another content',
  unproven:
    'the digest that names it is not verified: its public key or its signature is not at hand',
  'wrong digest': 'the digest that names it was altered',
  'not named':
    'no digest of its time names it: somebody added it, or a trail without digests wrote it',
  'no digest': 'there is no digest of its time',
  'other name': `it has ${otherName(false)}`,
  unreadable: 'it could not be read again',
};

function lateFilesOf(
  findings: ReadonlyMap<string | null, number>,
  proofs: ReadonlyMap<string, SingleProof>,
): LateFiles {
  const doubted = [...findings].flatMap(([path, count]): LateFile | readonly [] => {
    if (path === null)
      return {
        kind: 'not proven',
        path,
        findings: count,
        message: 'the table does not say which files these findings are from',
      };
    const proof = proofs.get(path) ?? unseen(path);
    if (proof === 'intact') return [];
    const kind = proof === 'altered' ? proof : 'not proven';
    return { kind, path: pathText(path), findings: count, message: SAID[proof] };
  });
  const altered = doubted.filter(({ kind }) => kind === 'altered').length;
  return {
    files: findings.size,
    intact: findings.size - doubted.length,
    altered,
    doubted: doubted.toSorted(byKindAndPath).slice(0, MOST),
    moreDoubted: Math.max(0, doubted.length - MOST),
  };
}

/** What is to be said of a file that the check did not find, or did not look for. */
function unseen(path: string): SingleProof {
  return datedLog(fileName(path)) === undefined ? 'other name' : 'unreadable';
}

function byKindAndPath(a: LateFile, b: LateFile): number {
  if (a.kind !== b.kind) return a.kind === 'altered' ? -1 : 1;
  return byCodePoint(a.path ?? '', b.path ?? '');
}
