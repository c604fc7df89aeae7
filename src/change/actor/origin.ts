/**
 * Where a credential comes from: a person, a pipeline, a workload, or AWS itself. The first test that holds decides.
 * Sources: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html,
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
import type { Json } from '../../cloudtrail/json.js';
import { providersOf } from '../identity-providers.js';
import { memberOf, textMember } from '../request/request.js';
import type { Caller } from './caller.js';
import { isInstanceId } from './credential-id.js';

export type Origin =
  /** An AWS service, for itself. */
  | 'service'
  | 'service-linked role'
  | 'root'
  /** A person who is signed in to the console. */
  | 'console person'
  /** A person who signed in through IAM Identity Center. */
  | 'sso person'
  /** A person whom the identity provider names, whatever the role. */
  | 'named person'
  /** A CI system. */
  | 'pipeline'
  /** A Lambda function, an instance, a container or a pod. */
  | 'workload'
  /** The key of an IAM user: a person or a program, the log cannot tell. */
  | 'long-lived key'
  /** A temporary credential of an IAM user, from a sign-in or from STS. */
  | 'user session'
  /** Whoever assumed the role. */
  | 'assumed role'
  /** A principal of another account, of which the log has the account only. */
  | 'another account'
  | 'unknown';

/** `A`: set by AWS and not by the caller. `B`: derived from such fields. `C`: told by the caller's own program. */
export type Confidence = 'A' | 'B' | 'C';

export interface OriginFact {
  readonly origin: Origin;
  readonly confidence: Confidence;
}

type Test = readonly [origin: Origin, confidence: Confidence, holds: (caller: Caller) => boolean];

const CI_PROVIDER = new RegExp(providersOf('pipelines'));
const CLUSTER_PROVIDER = new RegExp(providersOf('pods'));
const PEOPLE_PROVIDER = new RegExp(providersOf('people'));

const TESTS: readonly Test[] = [
  ['service', 'A', (caller) => isByService(caller)],
  [
    'service',
    'A',
    ({ arn, type, invokedBy }) =>
      arn === undefined && type === undefined && invokedBy !== undefined,
  ],
  ['service-linked role', 'A', (caller) => isServiceLinked(caller)],
  ['root', 'A', ({ type, assumedRoot }) => type === 'Root' || assumedRoot],
  ['console person', 'A', ({ fromConsole }) => fromConsole],
  [
    'console person',
    'A',
    ({ event, type }) => event.eventType === 'AwsConsoleSignIn' && type !== undefined,
  ],
  ['sso person', 'A', (caller) => isIdentityCenter(caller)],
  ['sso person', 'A', ({ type }) => type === 'IdentityCenterUser'],
  [
    'named person',
    'A',
    ({ sourceIdentity, onBehalfOf }) => (sourceIdentity ?? onBehalfOf) !== undefined,
  ],
  ['pipeline', 'A', ({ provider }) => fits(CI_PROVIDER, provider)],
  ['workload', 'A', ({ provider }) => fits(CLUSTER_PROVIDER, provider)],
  ['named person', 'A', ({ provider }) => fits(PEOPLE_PROVIDER, provider)],
  ['named person', 'A', ({ type }) => type === 'SAMLUser'],
  ['workload', 'A', ({ inScopeOf, onInstance }) => inScopeOf !== undefined || onInstance],
  [
    'long-lived key',
    'B',
    // By the beginning alone, as the exclusions of rules say it.
    ({ type, accessKey = '' }) => type === 'IAMUser' && accessKey.startsWith('AKIA'),
  ],
  ['user session', 'B', ({ type }) => type === 'IAMUser' || type === 'FederatedUser'],
  ['workload', 'B', ({ session = '' }) => isInstanceId(session)],
  ['assumed role', 'B', ({ type }) => type === 'AssumedRole' || type === 'Role'],
  ['another account', 'A', ({ type }) => type === 'AWSAccount'],
];

/** The origin of the caller's credential; `unknown` where no test holds. */
export function originOf(caller: Caller): OriginFact {
  const found = TESTS.find(({ 2: holds }) => holds(caller));
  if (found === undefined) return { origin: 'unknown', confidence: 'B' };
  const [origin, confidence] = found;
  return { origin, confidence };
}

/**
 * Whether a service did it by itself. Some services write `AwsServiceEvent` also for what somebody did on their pages: QuickSight,
 * Managed Grafana, the portal of Identity Center. Then they name who it was.
 */
export function isByService(caller: Caller): boolean {
  const { event, type, invokedBy, arn, userName, onBehalfOf } = caller;
  if (type === 'AWSService') return true;
  if (event.eventType !== 'AwsServiceEvent') return false;
  const names = arn ?? userName ?? onBehalfOf;
  return invokedBy !== undefined || (names === undefined && type !== 'IdentityCenterUser');
}

function fits(pattern: RegExp, provider: string | undefined): boolean {
  return provider !== undefined && pattern.test(provider);
}

/** The path of roles that only services may assume. A path that somebody chose may have the same text further on. */
const SERVICE_ROLE = /^arn:[^:]*:iam:[^:]*:[^:]*:role\/aws-service-role\//;

/** A role that only one service may assume. Its path says so; where a record has no path, its name does. */
function isServiceLinked({ issuer, arn }: Caller): boolean {
  if (issuer?.includes(':role/') === true) return SERVICE_ROLE.test(issuer);
  return /^[^/]*:assumed-role\/AWSServiceRoleFor/.test(arn ?? '');
}

const IDENTITY_CENTER_ROLE = /^[^/]*:role\/aws-reserved\/sso\.amazonaws\.com\//;

/** A role that IAM Identity Center made for a permission set. Only its path is AWS's own: anyone may name a role like it. */
export function isIdentityCenter({ issuer, arn }: Pick<Caller, 'issuer' | 'arn'>): boolean {
  if (issuer?.includes(':role/') === true) return IDENTITY_CENTER_ROLE.test(issuer);
  return /^[^/]*:assumed-role\/AWSReservedSSO_/.test(arn ?? '');
}

/** Whether a record shows the path of such a role. Where it shows only the name, the role may be anyone's. */
export function provesIdentityCenter(userIdentity: Json): boolean {
  return IDENTITY_CENTER_ROLE.test(issuerOf(userIdentity) ?? '');
}

/** Whether a session is one of such a role, as far as its ARN and `userIdentity` say. Null where there is none. */
export function isIdentityCenterSession(arn: string | null, userIdentity: Json): boolean {
  return isIdentityCenter({ arn: arn ?? undefined, issuer: issuerOf(userIdentity) });
}

/** Whether AWS says on whose behalf a session acts. */
export function isOnBehalf(userIdentity: Json): boolean {
  return textMember(memberOf(userIdentity, 'onBehalfOf') ?? null, 'userId') !== undefined;
}

function issuerOf(userIdentity: Json): string | undefined {
  const issuer = memberOf(memberOf(userIdentity, 'sessionContext') ?? null, 'sessionIssuer');
  return textMember(issuer ?? null, 'arn');
}

/** Whether AWS acts for itself. */
export function isService(origin: Origin): boolean {
  return origin === 'service' || origin === 'service-linked role';
}

/** Whether the credential says which person it is. Root may be anyone. */
export function isNamedPerson(origin: Origin): boolean {
  return isPerson(origin) === true && origin !== 'root';
}

/** Whether a person is behind an origin; `maybe` where the log cannot tell. */
export function isPerson(origin: Origin): boolean | 'maybe' {
  switch (origin) {
    case 'root':
    case 'console person':
    case 'sso person':
    case 'named person':
      return true;
    case 'long-lived key':
    case 'user session':
    case 'assumed role':
    case 'another account':
    case 'unknown':
      return 'maybe';
    case 'service':
    case 'service-linked role':
    case 'pipeline':
    case 'workload':
      return false;
    default:
      return origin satisfies never;
  }
}
