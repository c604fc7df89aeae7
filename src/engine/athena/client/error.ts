/** Errors of the AWS SDK as errors for the person, with a hint where one is known. */
import { codeOf, HuntError, reasonOf } from '../../../errors.js';
import { ASK_DOCTOR } from '../../failure.js';

/** The error for the person. `action` says what failed: `start a query`. An aborted call becomes INTERRUPTED. */
export function awsError(error: unknown, action: string): HuntError {
  if (error instanceof HuntError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'AbortError') return new HuntError('INTERRUPTED', 'interrupted', { cause: error });
  // An error about several addresses has a code and no message.
  const reason = reasonOf(error) || codeOf(error) || name;
  const hint = HINTS.find(([pattern]) => pattern.test(`${name}: ${reason}`))?.[1];
  const text = ['', 'Error', 'Unknown'].includes(name) ? reason : `${name}: ${reason}`;
  return new HuntError('ENGINE', `cannot ${action}: ${text}${hint ? ` (${hint})` : ''}`, {
    cause: error,
  });
}

const HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    // The SDK itself says how to renew the session of a profile.
    /(?:CredentialsProviderError|Could not load credentials)(?!.*aws sso login)/s,
    'no credentials are set, or the profile does not exist: set AWS_PROFILE or --profile, or sign in: aws sso login',
  ],
  [/MetadataException|EntityNotFound/, 'check the name of the table, and the region'],
  [/WorkGroup .{0,200}not found/i, 'check --workgroup, and the region'],
  [
    /Region (is missing|not accepted)/i,
    'set AWS_REGION or --aws-region, or athena: { region } in hunt.yml',
  ],
  [
    /ExpiredToken|RequestExpired|token.{0,40}expired/i,
    'the credentials have expired: sign in again',
  ],
  [
    /InvalidClientTokenId|UnrecognizedClient|MissingAuthenticationToken/,
    'AWS does not know these credentials: sign in again, or check the region and the partition of AWS (China, GovCloud)',
  ],
  [
    /InvalidSignature|SignatureDoesNotMatch/,
    'the secret key is not the one of this access key, or the clock of this machine is wrong',
  ],
  [
    /output (location|bucket)/i,
    'set where Athena writes results: --results s3://bucket/prefix, or in the workgroup',
  ],
  [/AccessDenied|not authorized/i, ASK_DOCTOR],
  [/ENOTFOUND|ECONNREFUSED|EAI_AGAIN/, 'check the region, or --endpoint'],
  [/ManagedQueryResultsConfiguration and/, 'Athena manages the results: remove --results'],
  [
    /TooManyRequests|Throttling/,
    'too many queries run at once in this account: try again later, or with --parallel 1',
  ],
];
