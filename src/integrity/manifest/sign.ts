/**
 * Signs manifests, and checks signatures. A signature is a file of its own, so that anybody can check it with openssl. Only
 * keys of kinds that always give the same signature for the same manifest are used.
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import type { Manifest } from './manifest.js';

type SignedBy = NonNullable<Manifest['signature']>;

export interface SigningKey {
  readonly signedBy: SignedBy;
  /** Throws a HuntError if it cannot sign. */
  readonly sign: (bytes: Uint8Array) => Promise<Uint8Array>;
}

export interface PublicKey {
  readonly signedBy: SignedBy;
  readonly verify: (bytes: Uint8Array, signature: Uint8Array) => boolean;
}

/** The private key in a PEM file. `passphrase` is for an encrypted one. Throws a HuntError if it cannot be used. */
export function readSigningKey(path: string, passphrase: string | undefined): SigningKey {
  const key = keyIn('--sign', path, (pem) => {
    if (passphrase !== undefined) return createPrivateKey({ key: pem, passphrase });
    if (pem.includes('ENCRYPTED')) throw new Error('it is encrypted: set HUNT_KEY_PASSPHRASE');
    return createPrivateKey(pem);
  });
  const signedBy = signedByOf(key, createPublicKey(key), `--sign ${safeLine(path)}`);
  return { signedBy, sign: async (bytes) => sign(digestOf(signedBy), bytes, key) };
}

/** The public key in a PEM file. Throws a HuntError if it cannot be used. */
export function readPublicKey(path: string): PublicKey {
  const key = keyIn('--public-key', path, createPublicKey);
  const signedBy = signedByOf(key, key, `--public-key ${safeLine(path)}`);
  return {
    signedBy,
    verify: (bytes, signature) => verify(digestOf(signedBy), bytes, key, signature),
  };
}

function keyIn(option: string, path: string, parse: (pem: Buffer) => KeyObject): KeyObject {
  try {
    return parse(readFileSync(path));
  } catch (error) {
    throw new HuntError(
      'USAGE',
      `${option} ${safeLine(path)}: no key in PEM that can be read: ${safeLine(reasonOf(error))}`,
      { cause: error },
    );
  }
}

/** By what a signature names its key. Throws a HuntError for a kind of key that is not used. */
export function signedByOf(key: KeyObject, publicKey: KeyObject, what: string): SignedBy {
  const { asymmetricKeyType } = key;
  if (asymmetricKeyType !== 'ed25519' && asymmetricKeyType !== 'rsa')
    throw new HuntError(
      'USAGE',
      `${what}: a key of the kind ${asymmetricKeyType}; make an Ed25519 key: openssl genpkey -algorithm ed25519 -out key.pem`,
    );
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return {
    algorithm: asymmetricKeyType === 'rsa' ? 'RSA-SHA256' : 'Ed25519',
    publicKey: createHash('sha256').update(der).digest('hex'),
  };
}

/** Ed25519 hashes by itself. */
function digestOf({ algorithm }: SignedBy): string | undefined {
  return algorithm === 'RSA-SHA256' ? 'sha256' : undefined;
}
