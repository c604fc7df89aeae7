/** What a file is for a check of digests: a digest, which is kept whole, or a log, whose text is hashed. */
import type { EvidenceBuilder } from './evidence.js';
import { isDeliveredName, isDigestName } from './names.js';
import { digestText, isDigestHead } from './read-digest.js';
import { fileReason } from '../find/discover.js';
import type { Verification } from '../find/path-filter.js';
import { openStream } from '../open/opened-stream.js';
import type { TextHash } from './text-hash.js';
import type { FileSummary } from '../read/summary/file-summary.js';
import { NO_EVENTS, nothing } from '../read/verdict.js';

const LOG_HEAD = /^[\s\uFEFF]*\{\s*"Records"\s*:/;

export interface EvidenceFile {
  readonly path: string;
  /** See `DigestFile`. Called once the first bytes are read. */
  readonly signature: () => string | null;
}

export type Sorted =
  | { readonly kind: 'digest' }
  /** The text is still to be read. */
  | { readonly kind: 'text'; readonly text: AsyncIterable<Buffer> }
  | { readonly kind: 'read'; readonly file: FileSummary };

/** Keeps the text if it is a digest. Reads the text of another file only where no records are looked at. Never throws. */
export async function sortText(
  { path, signature }: EvidenceFile,
  text: AsyncIterable<Buffer>,
  { evidence, verify }: { readonly evidence: EvidenceBuilder; readonly verify: Verification },
): Promise<Sorted> {
  const { head, all, close } = await openStream(text);
  if (isDigestName(path) || isDigestHead(head)) {
    const read = await digestText(all());
    if (read.kind === 'lost') evidence.loseDigest({ path, reason: read.reason });
    else evidence.addDigest({ path, text: read.text, signature: signature() });
    return { kind: 'digest' };
  }
  if (verify === 'beside records') return { kind: 'text', text: all() };
  if (isDeliveredName(path) || LOG_HEAD.test(head.toString('utf8', 0, 256)))
    return {
      kind: 'read',
      file: { ...nothing(''), isLog: true, others: [], lost: await lossIn(all()) },
    };
  await close();
  return { kind: 'read', file: nothing(NO_EVENTS) };
}

/** Reads a text to its end. Gives the reason why it cannot be read. */
async function lossIn(text: AsyncIterable<Buffer>): Promise<string | undefined> {
  try {
    const pieces = text[Symbol.asyncIterator]();
    while ((await pieces.next()).done !== true);
    return undefined;
  } catch (error) {
    return fileReason(error);
  }
}

/**
 * Adds the hash of a file that is a log, that is lost, or that is named like a log, whatever it holds: then somebody wrote
 * something else over it. `file` is undefined for an archive.
 */
export async function noteHash(
  path: string,
  file: FileSummary | undefined,
  { evidence, hash }: { readonly evidence: EvidenceBuilder; readonly hash: TextHash },
): Promise<void> {
  const isLog = file !== undefined && (file.isLog || file.lost !== undefined);
  if (isLog || isDeliveredName(path)) evidence.addLog({ path, sha256: await hash.finish() });
  else await hash.close();
}
