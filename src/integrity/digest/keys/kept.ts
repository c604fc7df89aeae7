/**
 * The file beside the logs that keeps public keys for the next time. It has the form of what `aws cloudtrail list-public-keys`
 * prints, so that either can stand for the other.
 */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PublicKey } from '@aws-sdk/client-cloudtrail';
import { isObject, parseJson, type Json } from '../../../cloudtrail/json.js';
import { reasonOf } from '../../../errors.js';
import { temporaryIn } from '../../../report/temporary.js';
import { documentsIn } from './documents.js';

export const KEYS_FILE = 'cloudtrail-public-keys.json';

/** The folder of a local path: itself, or that of the file. */
export function folderOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === false ? dirname(path) : path;
}

/** Adds the keys to the file in the folder. Gives the reason where it cannot be written. */
export function keepKeys(folder: string, keys: readonly PublicKey[]): string | undefined {
  const path = join(folder, KEYS_FILE);
  const temporary = temporaryIn(folder);
  try {
    const list = merged(entriesIn(path), keys.map(entryOf));
    writeFileSync(temporary, `${JSON.stringify({ PublicKeyList: list }, null, 2)}\n`);
    renameSync(temporary, path);
    return undefined;
  } catch (error) {
    rmSync(temporary, { force: true });
    return reasonOf(error);
  }
}

interface Entry {
  readonly [name: string]: Json;
}

function entryOf({ Value, Fingerprint, ValidityStartTime, ValidityEndTime }: PublicKey): Entry {
  return {
    Value: Buffer.from(Value ?? []).toString('base64'),
    ...(ValidityStartTime === undefined
      ? {}
      : { ValidityStartTime: ValidityStartTime.toISOString() }),
    ...(ValidityEndTime === undefined ? {} : { ValidityEndTime: ValidityEndTime.toISOString() }),
    Fingerprint: Fingerprint ?? '',
  };
}

/** What stands in the file, as it stands there. A file that is no list of keys is not overwritten: this throws. */
function entriesIn(path: string): readonly Entry[] {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return [];
  return documentsIn(readFileSync(path, 'utf8')).flatMap((text) => {
    const json = parseJson(text);
    const list = isObject(json) ? (json['PublicKeyList'] ?? json['publicKeyList']) : json;
    if (!Array.isArray(list)) throw new Error(`${path} exists and is no list of public keys`);
    return (list as readonly Json[]).filter(isObject);
  });
}

/** One entry for each fingerprint, in the order of fingerprints. */
function merged(old: readonly Entry[], fresh: readonly Entry[]): readonly Entry[] {
  const all = new Map(
    [...old, ...fresh].map((entry) => [JSON.stringify(entry['Fingerprint'] ?? null), entry]),
  );
  return [...all].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
