/** The address of an object, or of all below a prefix: `s3://bucket/key`. */
import { HuntError } from '../../errors.js';

export interface S3Place {
  readonly bucket: string;
  readonly key: string;
}

const SCHEME = 's3://';

/** Whether a path leads to S3. */
export function isS3(path: string): boolean {
  return path.startsWith(SCHEME);
}

/** Throws a HuntError where no bucket is named. */
export function readS3Uri(uri: string): S3Place {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri) ?? [];
  if (bucket === undefined)
    throw new HuntError('PATH', `${uri} names no bucket: write s3://bucket/prefix`);
  return { bucket, key };
}

/** The reverse of `readS3Uri`. */
export function s3Uri({ bucket, key }: S3Place): string {
  return `${SCHEME}${bucket}/${key}`;
}
