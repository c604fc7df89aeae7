/** Writes made log files and digests into a folder, as a copy of a bucket has them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { MadeDigest, MadeFile } from './chain.js';

export interface CopyOptions {
  /** `false`: unpacked, `.json`. */
  readonly isPacked?: boolean;
  /** All files in one folder. */
  readonly isFlat?: boolean;
}

/** The file as it lies in the folder; gives its path. */
export function writeFile(
  root: string,
  { key, text }: Pick<MadeFile, 'key' | 'text'>,
  { isPacked = true, isFlat = false }: CopyOptions = {},
): string {
  const name = isFlat ? basename(key) : key;
  const path = join(root, isPacked ? name : name.replace(/[.]gz$/, ''));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, isPacked ? gzipSync(text, { level: 1 }) : text);
  return path;
}

/** A chain with its log files. */
export function writeChain(
  root: string,
  chain: readonly MadeDigest[],
  options: CopyOptions = {},
): void {
  for (const digest of chain)
    for (const file of [digest, ...digest.logs]) writeFile(root, file, options);
}

/** The file with the signature beside a copy of a digest: the bare signature, or what `aws s3api head-object` prints. */
export function writeSidecar(
  path: string,
  { signature }: Pick<MadeDigest, 'signature'>,
  kind: 'sig' | 'metadata.json' | 'head.json' = 'sig',
): void {
  const head = {
    AcceptRanges: 'bytes',
    Metadata: { signature, 'signature-algorithm': 'SHA256withRSA' },
  };
  writeFileSync(
    `${path}.${kind}`,
    kind === 'sig' ? `${signature}\n` : JSON.stringify(head, null, 4),
  );
}
