/**
 * Repeats calls to Athena if the SDK gives up too early. All calls of a client share the SDK's budget of retries. Many calls
 * that are throttled at once use it up, and then a call fails although it has attempts left.
 */
import type { AthenaClient, AthenaServiceException } from '@aws-sdk/client-athena';
import { fullJitter } from '../../backoff.js';
import { pause } from '../../pause.js';
import { BadAnswer } from './answer.js';

/** How often a call is made again, in addition to the SDK's own tries. */
const MORE_TRIES = 10;
const BACKOFF = { first: 1000, most: 20_000 };

export interface CallOptions {
  /** Ends the call, and the pauses between tries. */
  readonly signal: AbortSignal | undefined;
  /** Whether the signal may end a pause now. A call that may have started something must be made until it is answered. */
  readonly mayStop?: () => boolean;
}

/** What `call` gives. Throws the SDK's errors, and a HuntError INTERRUPTED if the signal ends a pause. */
export async function callAthena<Output>(
  client: AthenaClient,
  call: (options: { readonly abortSignal?: AbortSignal }) => Promise<Output>,
  { signal, mayStop = () => true }: CallOptions,
): Promise<Output> {
  const attempts = await client.config.maxAttempts();
  for (let tries = 0; ; tries++) {
    try {
      return await call(signal ? { abortSignal: signal } : {});
    } catch (error) {
      if (tries === MORE_TRIES || !isGivenUpEarly(error, attempts)) throw error;
      await pause(fullJitter(tries, BACKOFF), mayStop() ? signal : undefined);
    }
  }
}

/** Whether the SDK would have tried again if its budget had allowed it. */
function isGivenUpEarly(error: unknown, attempts: number): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: metadata, code = '' } = error as Partial<AthenaServiceException> & {
    readonly code?: string;
  };
  const isTransient =
    /Throttl|TooManyRequests|SlowDown|LimitExceeded|TimeoutError/.test(error.name) ||
    /ECONNRESET|EPIPE|ETIMEDOUT/.test(code) ||
    [500, 502, 503, 504].includes(metadata?.httpStatusCode ?? 0) ||
    (error instanceof BadAnswer && error.$retryable !== undefined);
  return isTransient && (metadata?.attempts ?? attempts) < attempts;
}
