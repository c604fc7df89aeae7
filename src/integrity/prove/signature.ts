/** Whether the owner of a key signed a manifest. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Manifest } from '../manifest/manifest.js';
import { signatureOf } from '../manifest/names.js';
import type { PublicKey } from '../manifest/sign.js';
import { check, type Check } from './check.js';

/** In bytes. A signature by an RSA key of 16,384 bits has 2,048. */
const LONGEST = 8192;

interface SignedFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
}

/**
 * The line `signature` of the answer. Without a key it is `unknown` for a signed manifest; with one, an unsigned manifest is
 * a `no`.
 */
export function checkSignature(
  { path, bytes, manifest }: SignedFile,
  key: PublicKey | undefined,
): Check {
  const { signature } = manifest;
  if (signature === null && key === undefined)
    return check('signature', 'none', {
      text: 'the manifest is not signed: whoever can write to its folder can change all of it',
    });
  if (signature === null)
    return check('signature', 'no', { text: 'the manifest says that it is not signed' });
  if (key === undefined)
    return check('signature', 'unknown', {
      text: `signed with the key ${signature.publicKey.slice(0, 16)}…: --public-key FILE checks it`,
    });
  const signed = readSignature(signatureOf(path));
  if (signed === undefined)
    return check('signature', 'no', { text: `there is no ${basename(signatureOf(path))}` });
  if (!key.verify(bytes, signed))
    return check('signature', 'no', {
      text:
        key.signedBy.publicKey === signature.publicKey
          ? 'the signature is not that of this manifest: one of them was changed'
          : 'another key than this one signed the manifest',
    });
  return check('signature', 'yes', { text: `signed with this key (${signature.algorithm})` });
}

function readSignature(path: string): Buffer | undefined {
  try {
    return statSync(path).size > LONGEST ? Buffer.alloc(0) : readFileSync(path);
  } catch {
    return undefined;
  }
}
