/** The address of an S3 object, or of all objects below a prefix: `s3://bucket/key`. */
import { HuntError } from '../../errors.js';

export interface S3Location {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

/** Whether a path is an S3 address. */
export function isS3(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** Throws a HuntError if the address names no bucket. */
export function readS3Uri(uri: string): S3Location {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  if (bucket === undefined)
    throw new HuntError('PATH', `${uri} names no bucket: write s3://bucket/prefix`);
  return { bucket, key };
}

/** The reverse of `readS3Uri`. */
export function s3Uri({ bucket, key }: S3Location): string {
  return `${SCHEME}${bucket}/${key}`;
}
