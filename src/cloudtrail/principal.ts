/**
 * How a principal is named. The exclusion ledger is counted in SQL and a finding is named here; both take the first of
 * the same members, so that a report names one person in one way.
 */
import { member, type Json } from './json.js';
import { serviceName } from './service-call.js';

/**
 * The paths in `userIdentity` that may name a principal, the most telling first. An ARN says account, role and session.
 * `userName` is what people know a user by, where there is no ARN (SAML, web identity, a failed sign-in). `principalId` is unique but says
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

/** The types whose names are those of IAM, and what stands before such a name. Other kinds of users may be called the same. */
export const NAMES_OF_IAM: readonly (readonly [prefix: string, types: readonly string[]])[] = [
  ['user/', ['IAMUser']],
  ['role/', ['AssumedRole', 'Role']],
];
/** The types of users whom services have of their own. The source of the event says which service. */
export const USERS_OF_SERVICES: readonly string[] = ['Unknown', 'Directory'];
/** The sources of IAM Identity Center, which names its people elsewhere without a service. */
export const PORTALS: readonly string[] = ['signin.amazonaws.com', 'sso.amazonaws.com'];

/** The name of an event's principal, with its `userIdentity` in CloudTrail's spelling; undefined if nothing names one. */
export function principalOf(
  userIdentity: Json | undefined,
  eventSource: string | null,
): string | undefined {
  const path = PRINCIPAL_PATHS.find((one) => isName(valueAt(userIdentity, one)));
  const name = path && valueAt(userIdentity, path);
  if (!isName(name)) return undefined;
  return path?.[0] === 'userName'
    ? userNameOf(name, valueAt(userIdentity, ['type']), eventSource)
    : name;
}

/** `user/bob`, `bob (quicksight)`, or the name alone. */
function userNameOf(name: string, type: Json, eventSource: string | null): string {
  if (typeof type !== 'string') return name;
  const [prefix] = NAMES_OF_IAM.find(([, types]) => types.includes(type)) ?? [];
  if (prefix !== undefined) return `${prefix}${name}`;
  const isOfService = USERS_OF_SERVICES.includes(type) && isName(eventSource);
  return isOfService && !PORTALS.includes(eventSource)
    ? `${name} (${serviceName(eventSource)})`
    : name;
}

function valueAt(userIdentity: Json | undefined, path: readonly string[]): Json {
  return path.reduce(member, userIdentity ?? null);
}

/** Empty text is not a name. */
function isName(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}
