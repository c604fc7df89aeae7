/** Public keys of CloudTrail, as `aws cloudtrail list-public-keys` prints them. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { isObject, member, parseJson, type Json } from '../../../cloudtrail/json.js';
import type { TrailKey } from '../trail-key.js';

/**
 * The keys in what `list-public-keys` printed, or why there is none. `from` is said in reports. A key is taken only if its
 * fingerprint is that of its bytes: `refused` says which are not.
 */
export function readTrailKeys(
  text: string,
  from: string,
): { readonly keys: readonly TrailKey[]; readonly refused: readonly string[] } | string {
  let json: Json;
  try {
    json = parseJson(text);
  } catch {
    return 'it is not JSON';
  }
  const list = isObject(json) ? (json['PublicKeyList'] ?? json['publicKeyList']) : json;
  if (!Array.isArray(list)) return 'it has no PublicKeyList';
  const keys: TrailKey[] = [];
  const refused: string[] = [];
  (list as readonly Json[]).forEach((item, index) => {
    const key = keyIn(item, from);
    if (typeof key === 'string') refused.push(`key ${index + 1}: ${key}`);
    else keys.push(key);
  });
  return { keys, refused };
}

function keyIn(item: Json, from: string): TrailKey | string {
  const [value, fingerprint] = [member(item, 'Value'), member(item, 'Fingerprint')];
  if (typeof value !== 'string' || typeof fingerprint !== 'string')
    return 'it has no Value and Fingerprint';
  const key = { fingerprint: fingerprint.toLowerCase(), der: Buffer.from(value, 'base64'), from };
  return reasonToRefuse(key) ?? key;
}

/** Why the key must not be used; undefined if it may be. */
function reasonToRefuse({ der, fingerprint }: TrailKey): string | undefined {
  const own = createHash('md5').update(der).digest('hex');
  if (own !== fingerprint.toLowerCase())
    return `its fingerprint is not that of its bytes, which is ${own}`;
  return publicKey(der) === undefined ? 'it is not an RSA key' : undefined;
}

/** The keys that may be used, by fingerprint. */
export function usableKeys(keys: readonly TrailKey[]): ReadonlyMap<string, KeyObject> {
  return new Map(
    keys.flatMap((key) => {
      const made = reasonToRefuse(key) === undefined ? publicKey(key.der) : undefined;
      return made === undefined ? [] : [[key.fingerprint.toLowerCase(), made] as const];
    }),
  );
}

/** CloudTrail gives PKCS #1; AWS's documents also show SubjectPublicKeyInfo. */
function publicKey(der: Buffer): KeyObject | undefined {
  for (const type of ['pkcs1', 'spki'] as const) {
    try {
      const key = createPublicKey({ key: der, format: 'der', type });
      if (key.asymmetricKeyType === 'rsa') return key;
    } catch {
      // It may have the other form.
    }
  }
  return undefined;
}
