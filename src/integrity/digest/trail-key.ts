/** The public keys that digests are checked with. Plain data. */

/** A public key of CloudTrail, as `ListPublicKeys` gives it. */
export interface TrailKey {
  /** In hexadecimal: the MD5 of the key's DER bytes. */
  readonly fingerprint: string;
  /** DER: PKCS #1, or SubjectPublicKeyInfo. */
  readonly der: Buffer;
  /** Where it came from: a file, or `ListPublicKeys in eu-west-1`. */
  readonly from: string;
  /** Whether it lies beside the logs: whoever altered them may have put it there, and signed with it. */
  readonly isBeside?: boolean;
}
