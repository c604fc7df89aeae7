/** What an event says of its caller, read once: the credential, the session, the role behind it, the address and the program. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { memberOf, textMember, textOf } from '../request/request.js';
import { mfaOf } from './mfa.js';

/** The fields of an event that say who made it and with what. */
export interface CallEvent {
  readonly eventName: string | null;
  readonly eventSource: string | null;
  readonly eventType: string | null;
  readonly sourceIPAddress: string | null;
  readonly userAgent: string | null;
  readonly sessionCredentialFromConsole: string | null;
  readonly userIdentity: Json;
  readonly additionalEventData?: Json;
  readonly addendum: Json;
  /** The fields that have no column, by dotted path. */
  readonly extra: Json;
}

/** Undefined where the event does not have the fact. */
export interface Caller {
  readonly event: CallEvent;
  /** `IAMUser`, `AssumedRole`, `Root`, … */
  readonly type: string | undefined;
  readonly arn: string | undefined;
  readonly userName: string | undefined;
  readonly accessKey: string | undefined;
  /** The AWS service that used the principal's rights. */
  readonly invokedBy: string | undefined;
  /** The account of an outside company that called with access which somebody delegated to it for a time. */
  readonly delegate: string | undefined;
  /** The ARN of the role, or of the user, that issued the session. */
  readonly issuer: string | undefined;
  /** The session's name. The caller who assumed the role chose it. */
  readonly session: string | undefined;
  readonly mfa: boolean | undefined;
  /** Whether AWS says that the credential comes from a sign-in to the console. */
  readonly fromConsole: boolean;
  /** The person that the identity provider, or whoever assumed the role, named. */
  readonly sourceIdentity: string | undefined;
  /** The ID of a user of IAM Identity Center. */
  readonly onBehalfOf: string | undefined;
  /** The name that a person typed to sign in. Readers know it; the identity may have only an ID. */
  readonly signInName: string | undefined;
  /** The provider of a web identity: a host, or the ARN of a provider. */
  readonly provider: string | undefined;
  /** Whether an EC2 instance received the credential (`ec2RoleDelivery`). */
  readonly onInstance: boolean;
  /** The type of resource for which the credential was issued: `AWS::Lambda::Function`. */
  readonly inScopeOf: string | undefined;
  /** Whether the session comes from `AssumeRoot`: another account of the organization acts as root. */
  readonly assumedRoot: boolean;
  /** An address, a service's name, or `AWS Internal`. */
  readonly address: string | undefined;
  /** The user agent without the brackets that some services put around it. */
  readonly agent: string | undefined;
}

/** The caller of an event. The names of members are in CloudTrail's spelling, as findings have them. */
export function callerOf(event: CallEvent): Caller {
  const identity = event.userIdentity;
  const context = memberOf(identity, 'sessionContext') ?? null;
  const attributes = memberOf(context, 'attributes') ?? null;
  const further = furtherOf(event.extra);
  const scope = further('userIdentity.inScopeOf') ?? null;
  const delegate = further('userIdentity.invokedByDelegate') ?? null;
  const arn = textMember(identity, 'arn');
  const attribute = (name: string): string | undefined =>
    textMember(attributes, name) ??
    textOf(further(`userIdentity.sessionContext.attributes.${name}`));
  return {
    event,
    type: textMember(identity, 'type'),
    arn,
    userName: textMember(identity, 'userName'),
    accessKey: textMember(identity, 'accessKeyId'),
    invokedBy: textMember(identity, 'invokedBy'),
    // Athena writes the names of struct members in lower case.
    delegate: textMember(delegate, 'accountId') ?? textMember(delegate, 'accountid'),
    issuer: textMember(memberOf(context, 'sessionIssuer') ?? null, 'arn'),
    session: sessionOf(arn, textMember(identity, 'principalId')),
    mfa: mfaOf(event, truth(attribute('mfaAuthenticated'))),
    fromConsole:
      truth(textOf(event.sessionCredentialFromConsole)) === true ||
      truth(attribute('sessionCredentialFromConsole')) === true,
    sourceIdentity: personIn(
      textOf(further('userIdentity.sessionContext.sourceIdentity')) ??
        textMember(context, 'sourceIdentity'),
    ),
    onBehalfOf: textMember(memberOf(identity, 'onBehalfOf') ?? null, 'userId'),
    signInName: signInNameOf(event),
    provider:
      textMember(memberOf(context, 'webIdFederationData') ?? null, 'federatedProvider') ??
      textOf(further('userIdentity.identityProvider')),
    onInstance: textMember(context, 'ec2RoleDelivery') !== undefined,
    inScopeOf: textMember(scope, 'issuerType') ?? textMember(scope, 'issuertype'),
    assumedRoot: truth(textOf(further('userIdentity.sessionContext.assumedRoot'))) === true,
    address: textOf(event.sourceIPAddress),
    agent: agentOf(event.userAgent),
  };
}

/** The person whom a source identity names. IAM Roles Anywhere writes the subject of a certificate there, which is a machine's. */
function personIn(sourceIdentity: string | undefined): string | undefined {
  return sourceIdentity?.startsWith('CN=') === true ? undefined : sourceIdentity;
}

/** AWS hides what may be a password that somebody wrote into the wrong field. */
const HIDDEN = /^HIDDEN_/;

function signInNameOf({ eventSource, additionalEventData = null }: CallEvent): string | undefined {
  if (eventSource !== 'signin.amazonaws.com') return undefined;
  const name = textMember(additionalEventData, 'UserName');
  return name === undefined || HIDDEN.test(name) ? undefined : name;
}

/** Looks up a member of `userIdentity` that AWS's documented table does not have. */
function furtherOf(extra: Json): (path: string) => Json | undefined {
  return (path) => (isObject(extra) ? extra[path] : undefined);
}

/** The name of the session of an assumed role: the last part of its ARN, else what follows the colon of its principal. */
export function sessionOf(
  arn: string | undefined,
  principal: string | undefined,
): string | undefined {
  return (
    /^[^/]*:assumed-role\/[^/]+\/(.+)$/s.exec(arn ?? '')?.[1] ??
    /^AROA\w+:(.+)$/s.exec(principal ?? '')?.[1]
  );
}

/** Tables and exports write booleans as text. */
function truth(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  return /^true$/i.test(text);
}

/** The user agent without brackets around it. */
export function agentOf(userAgent: string | null): string | undefined {
  const text = userAgent?.trim() ?? '';
  return textOf(/^\[(.*)\]$/s.exec(text)?.[1]?.trim() ?? text);
}
