/**
 * How a principal is named. The exclusion ledger is counted in SQL and a finding is named here; both take the first of
 * the same members, so that a report names one person in one way.
 */
import { isObject, type Json } from './json.js';

/**
 * The members of `userIdentity` that may name a principal, the most telling first. An ARN says account, role and session.
 * `userName` is what people know a user by, where there is no ARN (SAML, web identity). `principalId` is unique but says
 * little. `invokedBy` is the service that made the call. The account and the type say only what kind of caller it was.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export const PRINCIPAL_MEMBERS = [
  'arn',
  'userName',
  'principalId',
  'invokedBy',
  'accountId',
  'type',
] as const;

/** The name of the principal in a `userIdentity`, in CloudTrail's spelling of its members; undefined if nothing names one. */
export function principalOf(userIdentity: Json | undefined): string | undefined {
  if (!isObject(userIdentity)) return undefined;
  return PRINCIPAL_MEMBERS.map((member) => userIdentity[member]).find(isName);
}

/** Empty text is not a name. */
function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
