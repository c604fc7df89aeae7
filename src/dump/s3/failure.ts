/** What the SDK's errors mean, in words. */
import { HuntError, reasonOf } from '../../errors.js';

/** Why an object could not be read: what AWS said, and what it takes. */
export function objectReason(error: unknown): string {
  return explained(error, [
    [/^NoSuchKey/, 'it was there when the bucket was listed'],
    [/^InvalidObjectState/, 'it lies in Glacier: restore it first'],
    [/^PreconditionFailed/, 'it changed while it was read'],
    [/^(KMS|AccessDenied).*kms/i, "takes kms:Decrypt on the key of the trail's bucket"],
    [/^AccessDenied/, 'takes s3:GetObject, and kms:Decrypt where the trail encrypts'],
    ...EVERYWHERE,
  ]);
}

/** Why what lies below a prefix could not be listed. */
export function listReason(error: unknown): string {
  return explained(error, [
    [/^NoSuchBucket/, 'is the name of the bucket right?'],
    [/^AccessDenied/, 'takes s3:ListBucket on the bucket'],
    ...EVERYWHERE,
  ]);
}

/** The error for the person where nothing of a named path can be listed. */
export function listError(error: unknown, uri: string): HuntError {
  if (error instanceof HuntError) return error;
  return new HuntError('PATH', `cannot list ${uri}: ${listReason(error)}`, { cause: error });
}

type Hints = readonly (readonly [RegExp, string])[];

const EVERYWHERE: Hints = [
  [
    /^CredentialsProviderError|Could not load credentials/,
    'set AWS_PROFILE or --profile, or sign in: aws sso login',
  ],
  [/Region is missing/i, 'set AWS_REGION or --aws-region'],
  [
    /^(ExpiredToken|InvalidAccessKeyId|InvalidToken|SignatureDoesNotMatch)/,
    'the credentials are not valid, or no longer: sign in again',
  ],
  [/ENOTFOUND|ECONNREFUSED|EAI_AGAIN/, 'is the region or --endpoint right?'],
  [/^(SlowDown|ServiceUnavailable|Throttling)/, 'too much is asked of the bucket: try again later'],
];

function explained(error: unknown, hints: Hints): string {
  const name = error instanceof Error ? error.name : '';
  const reason = reasonOf(error);
  // Where the answer has no body, the SDK repeats the name, or has none.
  const said =
    name === '' || name === 'Error' || reason.startsWith(name) ? reason : `${name}: ${reason}`;
  const hint = hints.find(([pattern]) => pattern.test(said))?.[1];
  return hint === undefined ? said : `${said} (${hint})`;
}
