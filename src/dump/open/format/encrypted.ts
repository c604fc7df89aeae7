/** Recognises encrypted files that have no magic number, or whose magic number is a line of text. */
import { isText } from './text.js';

/** The first line of files that are encrypted and written as text. */
const ARMOR: readonly (readonly [line: string, name: string])[] = [
  ['-----BEGIN PGP MESSAGE-----', 'OpenPGP encryption'],
  ['-----BEGIN AGE ENCRYPTED FILE-----', 'age encryption'],
  ['-----BEGIN PKCS7-----', 'S/MIME encryption'],
  ['-----BEGIN CMS-----', 'S/MIME encryption'],
  // `Salted__` in base64.
  ['U2FsdGVkX1', 'OpenSSL encryption'],
];
/** In DER: the object identifier of enveloped data (RFC 5652). */
const ENVELOPED_DATA = Buffer.from('06092a864886f70d010703', 'hex');
/** The AWS Encryption SDK's message, version 1 or 2, begins with version, type and the high byte of the algorithm. */
const AWS_ENCRYPTION = /^(?:018000|018001|018002|018003|020478|020578)/;
const OPENPGP_NAME = /\.(?:gpg|pgp)$/i;

/** What encrypted the file; undefined if nothing known did. */
export function encryptedName(head: Buffer, path: string): string | undefined {
  const text = head.toString('latin1', 0, 64).trimStart();
  const armored = ARMOR.find(([line]) => text.startsWith(line))?.[1];
  if (armored !== undefined) return armored;
  if (isText(head)) return undefined;
  if (OPENPGP_NAME.test(path) || isOpenPgp(head)) return 'OpenPGP encryption';
  if (head[0] === 0x30 && head.subarray(0, 32).includes(ENVELOPED_DATA)) return 'S/MIME encryption';
  return AWS_ENCRYPTION.test(head.toString('hex', 0, 3)) && /\.encrypted$/i.test(path)
    ? 'AWS Encryption SDK'
    : undefined;
}

/** The algorithms of public keys that encrypt: RSA, Elgamal, ECDH, X25519, X448. */
const PUBLIC_KEY_ALGORITHMS = new Set([1, 2, 16, 18, 25, 26]);

/** Whether the bytes begin with a packet that holds a session key (RFC 9580, 5.1 and 5.3). */
function isOpenPgp(head: Buffer): boolean {
  const [tag = 0, length = 0] = head;
  const isNew = tag >= 0xc0;
  const type = isNew ? tag & 0x3f : (tag >> 2) & 0x0f;
  if (tag < 0x80 || (type !== 1 && type !== 3)) return false;
  const lengthBytes = isNew ? (length < 192 ? 1 : length < 224 ? 2 : 5) : 1 << (tag & 3);
  const body = head.subarray(1 + lengthBytes);
  const [version, cipher = 0, derivation = 99] = body;
  if (type === 3) return version === 4 && cipher >= 1 && cipher <= 13 && derivation <= 4;
  return version === 3 && PUBLIC_KEY_ALGORITHMS.has(body[9] ?? 0);
}
