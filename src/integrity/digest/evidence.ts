/** What the check of digests works with: the digest files and the log files that are here, and the public keys. Plain data. */

/** A digest file that was read. The bytes are those of its JSON text, unpacked. */
export interface DigestFile {
  /** As it is named on disk or in S3. */
  readonly path: string;
  readonly text: Buffer;
  /**
   * Its own signature in hexadecimal, which S3 keeps beside the object (`x-amz-meta-signature`), or a file beside the copy. Null
   * where neither is at hand.
   */
  readonly signature: string | null;
}

/** A log file that was read. */
export interface HashedLog {
  readonly path: string;
  /** Of its text, unpacked, in hexadecimal; null where it cannot be unpacked to its end. */
  readonly sha256: string | null;
}

/** A digest file that could not be read. */
export interface LostDigest {
  readonly path: string;
  readonly reason: string;
}

/** A public key of CloudTrail, as `ListPublicKeys` gives it. */
export interface TrailKey {
  /** In hexadecimal: the MD5 of the key's DER bytes. */
  readonly fingerprint: string;
  /** DER: PKCS #1, or SubjectPublicKeyInfo. */
  readonly der: Buffer;
  /** Where it came from: a file, or `ListPublicKeys in eu-west-1`. */
  readonly from: string;
}
