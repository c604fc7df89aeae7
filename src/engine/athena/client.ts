/** The SDK's client, with the credentials of the ordinary AWS way, and its errors in words. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AthenaClient, AthenaServiceException } from '@aws-sdk/client-athena';
import { HuntError, reasonOf } from '../../errors.js';
import { fullJitter } from '../backoff.js';

export interface AwsSettings {
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
}

/** Eleven retries with full jitter, up to 20 s apart: a busy account throttles for a minute. */
const ATTEMPTS = 12;
/** All calls of a client share the SDK's retries; where they have used them up, so many more are made for each. */
const PATIENCE = 10;
const LONGEST_WAIT = 20_000;

/** For a first look: where nobody answers, a person should not have to wait for long to be told. */
export const FIRST_ATTEMPTS = 6;

/** A client; the caller destroys it. The SDK is loaded here, for no other command needs it. */
export async function openAthenaClient(
  settings: AwsSettings,
  attempts = ATTEMPTS,
): Promise<AthenaClient> {
  const { AthenaClient: Client } = await import('@aws-sdk/client-athena');
  const { profile, region, endpoint } = settings;
  const client = new Client({
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: attempts,
    retryMode: 'standard',
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      for (let tries = 0; ; tries++) {
        try {
          return await next(args);
        } catch (error) {
          if (tries === PATIENCE || !isGivenUpEarly(error, attempts)) throw error;
          await delay(fullJitter(tries, 1000, LONGEST_WAIT));
        }
      }
    },
    { step: 'initialize', name: 'patience' },
  );
  return client;
}

/** Whether the SDK would have tried again, had other calls left it a retry. */
function isGivenUpEarly(error: unknown, attempts: number): boolean {
  if (!(error instanceof Error)) return false;
  const { $metadata: said, code = '' } = error as Partial<AthenaServiceException> & {
    code?: string;
  };
  const passing =
    /Throttl|TooManyRequests|SlowDown|LimitExceeded|TimeoutError/.test(error.name) ||
    /ECONNRESET|EPIPE|ETIMEDOUT/.test(code) ||
    [500, 502, 503, 504].includes(said?.httpStatusCode ?? 0);
  return passing && (said?.attempts ?? attempts) < attempts;
}

/** What an error of the SDK means, as an error for the person. `doing` says what was asked: `start a query`. */
export function awsError(error: unknown, doing: string): HuntError {
  if (error instanceof HuntError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError') return new HuntError('INTERRUPTED', 'interrupted', { cause: error });
  // Where several addresses were tried there is a code and no message.
  const reason = reasonOf(error) || (error as { readonly code?: string } | null)?.code || name;
  const hint = HINTS.find(([pattern]) => pattern.test(`${name}: ${reason}`))?.[1];
  const said = name === '' || name === 'Error' ? reason : `${name}: ${reason}`;
  return new HuntError('ENGINE', `cannot ${doing}: ${said}${hint ? ` (${hint})` : ''}`, {
    cause: error,
  });
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /CredentialsProviderError|Could not load credentials/,
    'set AWS_PROFILE or --profile, or sign in: aws sso login',
  ],
  [/MetadataException|EntityNotFound/, 'is the name right, and the region?'],
  [/WorkGroup .{0,200}not found/i, 'is --workgroup right, and the region?'],
  [
    /Region (is missing|not accepted)/i,
    'set AWS_REGION or --aws-region, or athena: { region } in hunt.yml',
  ],
  [
    /ExpiredToken|InvalidClientTokenId|UnrecognizedClient/,
    'the credentials are no longer valid: sign in again',
  ],
  [
    /output (location|bucket)/i,
    'say where results go: --results s3://bucket/prefix, or in the workgroup',
  ],
  [/AccessDenied|not authorized/i, 'hunt doctor tells which permission is missing'],
  [/ENOTFOUND|ECONNREFUSED|EAI_AGAIN/, 'is the region or --endpoint right?'],
  [/ManagedQueryResultsConfiguration and/, 'the workgroup keeps results: leave --results out'],
  [
    /TooManyRequests|Throttling/,
    'too many queries at once in this account: try later, or with --parallel 1',
  ],
];
