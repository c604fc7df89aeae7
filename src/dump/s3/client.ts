/** Makes the SDK's client for S3. It finds credentials in the ways that AWS's own tools do. */
import type { S3Client } from '@aws-sdk/client-s3';

/** Undefined members take the defaults of AWS's own tools. */
export interface S3Settings {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** The URL of a service other than AWS's own S3. */
  readonly endpoint: string | undefined;
}

export const DEFAULT_SETTINGS: S3Settings = {
  profile: undefined,
  region: undefined,
  endpoint: undefined,
};

/** The SDK retries with full jitter, up to 20 s apart. A bucket that throttles requests needs some time to recover. */
const ATTEMPTS = 8;
const CONNECT_MS = 10_000;
/** A connection without data for this long is considered broken. */
const IDLE_MS = 60_000;

/** The caller destroys the client. The SDK is loaded here because only hunts over S3 need it. */
export async function openS3Client(settings: S3Settings): Promise<S3Client> {
  const { S3Client: Client } = await import('@aws-sdk/client-s3');
  const { profile, region, endpoint } = settings;
  return new Client({
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    // With a custom endpoint, bucket names are not host names.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: ATTEMPTS,
    retryMode: 'standard',
    followRegionRedirects: true,
    // Log files are gzip, which has its own checksum.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: IDLE_MS },
  });
}
