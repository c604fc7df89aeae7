/** The SDK's client for S3, with the credentials of the ordinary AWS way. */
import type { S3Client } from '@aws-sdk/client-s3';

/** Undefined is as AWS's own tools have it. */
export interface S3Settings {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** The address of S3, if it is not AWS's own. */
  readonly endpoint: string | undefined;
}

export const ORDINARY: S3Settings = { profile: undefined, region: undefined, endpoint: undefined };

/** Retries with full jitter, up to 20 s apart: a bucket that is asked for more than it gives needs a while. */
const ATTEMPTS = 8;
const CONNECT_MS = 10_000;
/** A connection that is silent for so long is broken. */
const SILENT_MS = 60_000;

/** A client; the caller destroys it. The SDK is loaded here, for only paths in S3 need it. */
export async function openS3Client(settings: S3Settings): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const { profile, region, endpoint } = settings;
  return new Client({
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    // Names of buckets are no names of hosts behind an address of one's own.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    followRegionRedirects: true,
    // Gzip carries a checksum of its own.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
  });
}
