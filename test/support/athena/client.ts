/** The SDK's own client, against a server in this process. */
import { AthenaClient } from '@aws-sdk/client-athena';

/** The caller destroys it. `attempts` is how often the SDK tries a call at most. */
export function athenaClient(url: string, attempts = 1): AthenaClient {
  return new AthenaClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'example' },
    maxAttempts: attempts,
  });
}
