/** Checks the signature of a digest. */
import { constants, createHash, publicDecrypt, type KeyObject } from 'node:crypto';
import type { Digest } from '../read/digest.js';

/**
 * `right`: CloudTrail signed exactly this digest. `of another text`: the signature is one of CloudTrail's, but of another
 * content, so the digest was changed. `none`: it is no signature by this key, so the signature itself was changed.
 */
export type SignatureAnswer = 'right' | 'of another text' | 'none';

/** What stands before the hash in a signature: the DER of a DigestInfo for SHA-256 (RFC 8017, 9.2). */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

/** `signature` is hexadecimal; other text is no signature. Throws nothing, whatever the file says. */
export function checkDigestSignature(
  digest: Digest,
  signature: string,
  key: KeyObject,
): SignatureAnswer {
  if (!/^(?:[0-9a-f]{2})+$/i.test(signature)) return 'none';
  const signed = recovered(Buffer.from(signature, 'hex'), key);
  if (signed === undefined) return 'none';
  return signed.equals(createHash('sha256').update(signedText(digest)).digest())
    ? 'right'
    : 'of another text';
}

/** The hash that was signed; undefined if the key did not make the signature. */
function recovered(signature: Buffer, key: KeyObject): Buffer | undefined {
  try {
    const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
    return info.length === SHA256_INFO.length + 32 &&
      info.subarray(0, SHA256_INFO.length).equals(SHA256_INFO)
      ? info.subarray(SHA256_INFO.length)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The text that CloudTrail signs. The bucket and key are those that the digest states, so a copy verifies as well. */
function signedText({ endText, bucket, key, sha256, previousText }: Digest): string {
  return `${endText}\n${bucket}/${key}\n${sha256}\n${previousText ?? 'null'}`;
}
