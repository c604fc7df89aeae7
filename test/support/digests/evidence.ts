/** Made chains as the check takes them: files that were read, in memory. */
import type { DigestFile, HashedLog } from '../../../src/dump/digest/evidence.js';
import { sha256, type MadeDigest, type MadeFile } from './chain.js';

/** Files by path, which a test may change. */
export interface Copy {
  readonly digests: Map<string, DigestFile>;
  readonly logs: Map<string, HashedLog>;
}

/** A whole copy. Of the newest digest of each chain, the signature lies beside it, unless `hasTail`. */
export function copyOf(
  chains: readonly (readonly MadeDigest[])[],
  { hasTail = false }: { readonly hasTail?: boolean } = {},
): Copy {
  const copy: Copy = { digests: new Map(), logs: new Map() };
  for (const chain of chains) {
    for (const [index, digest] of chain.entries()) {
      const isNewest = index === chain.length - 1 && !hasTail;
      putDigest(copy, digest, isNewest ? digest.signature : null);
      for (const log of digest.logs) putLog(copy, log);
    }
  }
  return copy;
}

export function putDigest(
  { digests }: Copy,
  { key, text }: Pick<MadeFile, 'key' | 'text'>,
  signature: string | null = null,
): void {
  const path = pathOf(key);
  digests.set(path, { path, text, signature });
}

export function putLog({ logs }: Copy, { key, text }: Pick<MadeFile, 'key' | 'text'>): void {
  const path = pathOf(key);
  logs.set(path, { path, sha256: sha256(text) });
}

export function pathOf(key: string): string {
  return `copy/${key}`;
}
