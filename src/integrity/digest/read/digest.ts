/** Reads one digest file. It may be anything: whatever is not a digest is refused, with the reason. */
import { createHash } from 'node:crypto';
import { bucketFolders } from '../../../cloudtrail/file-name/bucket-folders.js';
import { digestNameOf, type DigestName } from '../../../cloudtrail/file-name/digest-name.js';
import { isObject, member, parseJson, type Json } from '../../../cloudtrail/json.js';
import { readInstant } from '../../../cloudtrail/time/time.js';
import type { DigestFile } from '../../../dump/digest/evidence.js';
import { packedHash } from './hash.js';
import { fileName } from './names.js';

export interface Digest {
  /** As it is named on disk or in S3. */
  readonly path: string;
  /** Of its text, in hexadecimal. */
  readonly sha256: string;
  /** Where CloudTrail put it, as it states itself. */
  readonly bucket: string;
  readonly key: string;
  /** The name of the file in its key, unpacked: no two digests have the same. */
  readonly id: string;
  readonly name: DigestName;
  readonly organization: string | null;
  /** In milliseconds since 1970 UTC. */
  readonly since: number;
  readonly until: number;
  /** As it is signed. */
  readonly endText: string;
  /** Of its public key, in lower case. */
  readonly fingerprint: string;
  /** Null where validation begins with this digest. */
  readonly previous: PreviousDigest | null;
  /** The text of `previousDigestSignature`, which is signed. */
  readonly previousText: string | null;
  /** Of itself, in hexadecimal, from beside the file. */
  readonly signatures: readonly string[];
  /** How many log files it names. */
  readonly logs: number;
}

export interface PreviousDigest {
  readonly bucket: string;
  readonly key: string;
  readonly id: string;
  readonly sha256: string;
  readonly signature: string | null;
}

/** A log file, as a digest names it. */
export interface NamedLog {
  readonly bucket: string;
  readonly key: string;
  /** `packedHash` of its text. */
  readonly hash: string;
  /** The times of its events, in milliseconds since 1970 UTC; undefined where the digest does not say them. */
  readonly oldest: number | undefined;
  readonly newest: number | undefined;
}

/** In bytes. A digest has about 500 for each log file of an hour. */
const LARGEST = 256 * 1024 * 1024;
/** Object keys have at most 1,024 bytes, signatures of RSA keys with 16,384 bits 4,096 digits. */
const LONGEST = 8192;

/** The digest and the log files that it names, or why the file is not a digest. */
export function readDigest(
  file: DigestFile,
): { readonly digest: Digest; readonly logs: readonly NamedLog[] } | string {
  if (file.text.length > LARGEST) return `it has ${file.text.length} bytes, too many for a digest`;
  let json: Json;
  try {
    json = parseJson(file.text.toString());
  } catch {
    return 'it is not JSON';
  }
  if (!isObject(json)) return 'it is not a JSON object';
  try {
    return digestIn(json, file);
  } catch (error) {
    if (error instanceof NoDigest) return error.message;
    throw error;
  }
}

class NoDigest extends Error {}

function digestIn(
  json: Json,
  { path, text, signature }: DigestFile,
): { readonly digest: Digest; readonly logs: readonly NamedLog[] } {
  const key = textOf(json, 'digestS3Object');
  const id = fileName(key);
  const name = digestNameOf(id);
  if (name === undefined) throw new NoDigest('its digestS3Object is not the name of a digest');
  const algorithm = member(json, 'digestSignatureAlgorithm');
  if (algorithm !== null && algorithm !== 'SHA256withRSA')
    throw new NoDigest('its digestSignatureAlgorithm is not SHA256withRSA');
  const files = member(json, 'logFiles');
  if (!Array.isArray(files)) throw new NoDigest('its logFiles is not a list');
  const logs = (files as readonly Json[]).map(logIn);
  const previous = previousIn(json);
  return {
    logs,
    digest: {
      path,
      sha256: createHash('sha256').update(text).digest('hex'),
      bucket: textOf(json, 'digestS3Bucket'),
      key,
      id,
      name,
      organization: bucketFolders(key)?.organization ?? null,
      since: timeOf(json, 'digestStartTime'),
      until: timeOf(json, 'digestEndTime'),
      endText: textOf(json, 'digestEndTime'),
      fingerprint: textOf(json, 'digestPublicKeyFingerprint').toLowerCase(),
      previous,
      previousText: previous?.signature ?? null,
      signatures: signature === null ? [] : [signature],
      logs: logs.length,
    },
  };
}

function previousIn(json: Json): PreviousDigest | null {
  if (member(json, 'previousDigestS3Object') === null) return null;
  const key = textOf(json, 'previousDigestS3Object');
  const hash = hashOf(json, 'previousDigestHash');
  return {
    bucket: textOf(json, 'previousDigestS3Bucket'),
    key,
    id: fileName(key),
    sha256: Buffer.from(hash, 'latin1').toString('hex'),
    signature:
      member(json, 'previousDigestSignature') === null
        ? null
        : textOf(json, 'previousDigestSignature'),
  };
}

function logIn(json: Json): NamedLog {
  return {
    bucket: textOf(json, 's3Bucket'),
    key: textOf(json, 's3Object'),
    hash: hashOf(json, 'hash'),
    oldest: optionalTime(json, 'oldestEventTime'),
    newest: optionalTime(json, 'newestEventTime'),
  };
}

/** `hashValue` and `hashAlgorithm`, which have a longer name for the previous digest. */
function hashOf(json: Json, prefix: string): string {
  const algorithm = member(json, `${prefix}Algorithm`);
  if (algorithm !== null && algorithm !== 'SHA-256')
    throw new NoDigest(`its ${prefix}Algorithm is not SHA-256, the only one that hunt knows`);
  const hash = packedHash(textOf(json, `${prefix}Value`));
  if (hash === undefined) throw new NoDigest(`its ${prefix}Value is not a SHA-256 in hexadecimal`);
  return hash;
}

function textOf(json: Json, key: string): string {
  const value = member(json, key);
  if (typeof value !== 'string' || value.length > LONGEST)
    throw new NoDigest(`its ${key} is ${typeof value === 'string' ? 'too long' : 'not a text'}`);
  return value;
}

function timeOf(json: Json, key: string): number {
  const time = readInstant(textOf(json, key));
  if (time === undefined) throw new NoDigest(`its ${key} is not a time`);
  return time;
}

function optionalTime(json: Json, key: string): number | undefined {
  const value = member(json, key);
  return typeof value === 'string' ? readInstant(value) : undefined;
}
