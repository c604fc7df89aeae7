/** Explains errors of the S3 SDK to the user, with a hint where one is known. */
import { HuntError, reasonOf } from '../../errors.js';

/** Why an object could not be read: AWS's message and a hint. */
export function objectReason(error: unknown): string {
  return explained(error, [
    [/^NoSuchKey/, 'it was there when the bucket was listed'],
    [/^InvalidObjectState/, 'it lies in Glacier: restore it first'],
    [/^PreconditionFailed/, 'it changed while it was read'],
    [/^(KMS|AccessDenied).*kms/i, "needs kms:Decrypt on the key of the trail's bucket"],
    [/^AccessDenied/, 'needs s3:GetObject, and kms:Decrypt if the trail encrypts its logs'],
    ...GENERAL,
  ]);
}

/** Why a prefix could not be listed: AWS's message and a hint. */
export function listReason(error: unknown): string {
  return explained(error, [
    [/^NoSuchBucket/, 'is the name of the bucket right?'],
    [/^AccessDenied/, 'needs s3:ListBucket on the bucket'],
    ...GENERAL,
  ]);
}

/** The error for an address that the user named and that cannot be listed. */
export function listError(error: unknown, uri: string): HuntError {
  if (error instanceof HuntError) return error;
  return new HuntError('PATH', `cannot list ${uri}: ${listReason(error)}`, { cause: error });
}

/** The first pattern that matches an error's text gives the hint. */
type Hints = readonly (readonly [RegExp, string])[];

const GENERAL: Hints = [
  [
    /^CredentialsProviderError|Could not load credentials/,
    'set AWS_PROFILE or --profile, or sign in: aws sso login',
  ],
  [/Region is missing/i, 'set AWS_REGION or --aws-region'],
  [
    /^(ExpiredToken|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch)/,
    'the credentials are not valid, or have expired: sign in again',
  ],
  [/ENOTFOUND|ECONNREFUSED|EAI_AGAIN/, 'is the region or --endpoint right?'],
  [
    /^(SlowDown|ServiceUnavailable|Throttling)/,
    'the bucket gets too many requests: try again later',
  ],
];

function explained(error: unknown, hints: Hints): string {
  const name = error instanceof Error ? error.name : '';
  const reason = reasonOf(error);
  // If the response has no body, the SDK's message repeats the error's name.
  const text =
    name === '' || name === 'Error' || reason.startsWith(name) ? reason : `${name}: ${reason}`;
  const hint = hints.find(([pattern]) => pattern.test(text))?.[1];
  return hint === undefined ? text : `${text} (${hint})`;
}
