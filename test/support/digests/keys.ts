/** RSA keys as CloudTrail has them, one pair for each name. They are made once for a run: a new pair takes a tenth of a second. */
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { TrailKey } from '../../../src/integrity/digest/trail-key.js';

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** DER of the public key: PKCS #1. */
  readonly der: Buffer;
  readonly fingerprint: string;
}

const made = new Map<string, SigningKey>();

/** The key pair with this name: CloudTrail has one for each region. */
export function signingKey(name: string): SigningKey {
  const known = made.get(name);
  if (known !== undefined) return known;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const der = publicKey.export({ format: 'der', type: 'pkcs1' });
  const key = { privateKey, der, fingerprint: md5(der) };
  made.set(name, key);
  return key;
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}

export function trailKey({ fingerprint, der }: SigningKey): TrailKey {
  return { fingerprint, der, from: 'keys.json' };
}

/** What `aws cloudtrail list-public-keys` prints. */
export function publicKeyList(keys: readonly SigningKey[]): string {
  return JSON.stringify(
    {
      PublicKeyList: keys.map(({ der, fingerprint }) => ({
        Value: der.toString('base64'),
        ValidityStartTime: '2026-01-01T00:00:00+00:00',
        ValidityEndTime: '2027-01-01T00:00:00+00:00',
        Fingerprint: fingerprint,
      })),
    },
    null,
    4,
  );
}
