/**
 * How a principal is named. The exclusion ledger is counted in SQL and a finding is named here; both take the first of
 * the same members, so that a report names one person in one way.
 */
import { member, type Json } from './json.js';

/**
 * The paths in `userIdentity` that may name a principal, the most telling first. An ARN says account, role and session.
 * `userName` is what people know a user by, where there is no ARN (SAML, web identity). `principalId` is unique but says
 * little. A user of IAM Identity Center has only the ID in `onBehalfOf`, and the account of the organization. `invokedBy` is
 * the service that made the call. The account and the type say only what kind of caller it was.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const PRINCIPAL_PATHS: readonly (readonly string[])[] = [
  ['arn'],
  ['userName'],
  ['principalId'],
  ['onBehalfOf', 'userId'],
  ['invokedBy'],
  ['accountId'],
  ['type'],
];

/** The name of the principal in a `userIdentity`, in CloudTrail's spelling of its members; undefined if nothing names one. */
export function principalOf(userIdentity: Json | undefined): string | undefined {
  return PRINCIPAL_PATHS.map((path) => path.reduce(member, userIdentity ?? null)).find(isName);
}

/** Empty text is not a name. */
function isName(value: Json): value is string {
  return typeof value === 'string' && value !== '';
}
