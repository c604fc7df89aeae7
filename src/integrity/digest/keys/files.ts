/** Public keys in files, as `aws cloudtrail list-public-keys` prints them. */
import { readFileSync } from 'node:fs';
import { HuntError, reasonOf } from '../../../errors.js';
import type { TrailKey } from '../trail-key.js';
import { readTrailKeys } from '../read/keys.js';
import { documentsIn } from './documents.js';

/** The keys in files of `--public-keys`. Throws a HuntError if one cannot be read or has no key. */
export function readKeyFiles(paths: readonly string[]): readonly TrailKey[] {
  return paths.flatMap((path) => {
    try {
      const { keys, refused } = keysIn(readFileSync(path, 'utf8'), path);
      if (refused.length > 0) throw new Error(refused.join('; '));
      return keys;
    } catch (error) {
      throw new HuntError(
        'USAGE',
        `--public-keys ${path}: ${reasonOf(error)}; write what aws cloudtrail list-public-keys prints into it`,
        { cause: error },
      );
    }
  });
}

/** Throws an Error if a document in the text is no list of keys. */
export function keysIn(
  text: string,
  from: string,
): { readonly keys: readonly TrailKey[]; readonly refused: readonly string[] } {
  const lists = documentsIn(text).map((document) => {
    const list = readTrailKeys(document, from);
    if (typeof list === 'string') throw new Error(list);
    return list;
  });
  return {
    keys: lists.flatMap(({ keys }) => keys),
    refused: lists.flatMap(({ refused }) => refused),
  };
}
