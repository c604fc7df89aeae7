/** What a reading gathers for a check of CloudTrail's digests, and where the threads put it. Plain data. */

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

/** In no order. */
export interface LogEvidence {
  readonly digests: readonly DigestFile[];
  readonly lostDigests: readonly LostDigest[];
  readonly logs: readonly HashedLog[];
}

export class EvidenceBuilder {
  readonly #digests: DigestFile[] = [];
  readonly #lost: LostDigest[] = [];
  readonly #logs: HashedLog[] = [];

  addDigest(digest: DigestFile): void {
    this.#digests.push(digest);
  }

  loseDigest(digest: LostDigest): void {
    this.#lost.push(digest);
  }

  addLog(log: HashedLog): void {
    this.#logs.push(log);
  }

  /** Adds what another thread gathered. Bytes that a thread sent are no longer a `Buffer`. */
  merge({ digests, lostDigests, logs }: LogEvidence): void {
    for (const { path, text, signature } of digests)
      this.addDigest({ path, text: toBuffer(text), signature });
    for (const lost of lostDigests) this.loseDigest(lost);
    for (const log of logs) this.addLog(log);
  }

  evidence(): LogEvidence {
    return { digests: this.#digests, lostDigests: this.#lost, logs: this.#logs };
  }
}

function toBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
