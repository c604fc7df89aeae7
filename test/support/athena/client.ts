/** The SDK's own client, against a server in this process. */
import { AthenaClient } from '@aws-sdk/client-athena';

/** A client with at most `attempts` tries of each call. The caller destroys it. */
export function athenaClient(url: string, attempts = 1): AthenaClient {
  return new AthenaClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' },
    maxAttempts: attempts,
  });
}
