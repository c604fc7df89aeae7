/**
 * Which access key an event issued, and to whom. A key that was issued ties what was done with it to whoever asked for it.
 * Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-track-privileged-tasks.html
 */
import { isAccountId } from '../../cloudtrail/account.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import { outcomeOf, type OutcomeEvent } from '../outcome.js';
import { memberOf, textMember } from '../request/request.js';
import { shortenedOrNull } from '../sentence.js';
import { actorAndHow } from './actor.js';
import type { CallEvent } from './caller.js';
import { asSwitcher } from './role-switch.js';
import { isAccessKey } from './credential-id.js';

/** An event that may have issued a key. */
export interface IssuingEvent extends CallEvent, OutcomeEvent {
  readonly eventID: string | null;
  readonly eventTime: string | null;
  readonly recipientAccountId: string | null;
}

export interface IssuedKey {
  readonly accessKey: string;
  /** The ARN of the session or user that calls with the key; null where the event does not say. */
  readonly arn: string | null;
}

/** Who issued a key, and to whom: the evidence that a key acts for somebody. */
export interface KeyLink {
  readonly eventID: string | null;
  readonly eventTime: string | null;
  readonly eventName: string | null;
  /** The account whose log has the event. */
  readonly account: string | null;
  /** The address of the call that issued the key, or the AWS service that asked for it. */
  readonly address: string | null;
  readonly by: {
    readonly name: string;
    readonly principal: string | null;
    readonly accessKey: string | null;
  };
  readonly issued: IssuedKey;
}

type ArnOf = (event: IssuingEvent) => string | undefined;

const ofCaller: ArnOf = ({ userIdentity }) => textMember(userIdentity, 'arn');

/** The calls whose answers have a key, and how each says who calls with it. */
const ISSUING: ReadonlyMap<string, ArnOf> = new Map<string, ArnOf>([
  ['AssumeRole', assumedRole],
  ['AssumeRoleWithSAML', assumedRole],
  ['AssumeRoleWithWebIdentity', assumedRole],
  ['AssumeRoleForPodIdentity', assumedRole],
  ['AssumeRoot', targetRoot],
  ['CreateAccessKey', keyOwner],
  // Of IAM Roles Anywhere, for a role; and of S3, for the caller.
  ['CreateSession', (event) => assumedRole(event) ?? sessionOfCaller(event)],
  ['GetCredentialsForIdentity', () => undefined],
  ['GetFederationToken', ({ responseElements }) => memberArn(responseElements, 'federatedUser')],
  ['GetSessionToken', ofCaller],
  ['GetSigninToken', ofCaller],
  // They begin a session of the console, and their answers have no key.
  ['RenewRole', ofCaller],
  ['SwitchRole', ofCaller],
]);

/** The names of the calls that issue keys, or begin a session whose keys no answer has, sorted. */
export const ISSUING_CALLS: readonly string[] = [...ISSUING.keys()].toSorted();

/** Where an answer has the credentials with the key: in a member, or in that of the first item of a list. */
export const KEY_PLACES: readonly { readonly list?: string; readonly member: string }[] = [
  { member: 'credentials' },
  { member: 'accessKey' },
  // Of IAM Roles Anywhere.
  { list: 'credentialSet', member: 'credentials' },
];

/** The length of the longest ARN. */
const LONGEST = 2048;

/** The key that an event issued; undefined if it issued none. */
export function issuedKey(event: IssuingEvent): IssuedKey | undefined {
  const arnOf = ISSUING.get(event.eventName ?? '');
  const accessKey = arnOf === undefined ? undefined : keyIn(event.responseElements);
  if (arnOf === undefined || accessKey === undefined || outcomeOf(event) === 'failed')
    return undefined;
  const arn = arnOf(event);
  return { accessKey, arn: shortenedOrNull(arn, LONGEST) };
}

/** The link from the caller of an event to the key that it issued; undefined if it issued none. */
export function keyLink(event: IssuingEvent): KeyLink | undefined {
  const issued = issuedKey(event);
  return issued && linkTo(event, issued);
}

/** The link from whoever made the call of an event to a key that they got by it. */
export function linkTo(event: IssuingEvent, issued: IssuedKey): KeyLink {
  const { name, principal, accessKey } = actorAndHow(asSwitcher(event) ?? event).actor;
  return {
    eventID: shortenedOrNull(event.eventID, LONGEST),
    eventTime: event.eventTime,
    eventName: event.eventName,
    account: shortenedOrNull(event.recipientAccountId, LONGEST),
    address: shortenedOrNull(event.sourceIPAddress, LONGEST),
    by: { name, principal, accessKey },
    issued,
  };
}

/** The key in the answer of a call; undefined if none of its places has one. */
export function keyIn(response: Json): string | undefined {
  for (const { list, member } of KEY_PLACES) {
    const [within] = list === undefined ? [response] : listMember(response, list);
    const key = textMember(memberOf(within ?? null, member) ?? null, 'accessKeyId');
    if (key !== undefined && isAccessKey(key)) return key;
  }
  return undefined;
}

/** The ARN of the session. Where a service assumes a role, only the request says which. */
function assumedRole({ requestParameters, responseElements }: IssuingEvent): string | undefined {
  const [set] = listMember(responseElements, 'credentialSet');
  const told =
    memberArn(responseElements, 'assumedRoleUser') ?? memberArn(set ?? null, 'assumedRoleUser');
  const session = textMember(requestParameters, 'roleSessionName');
  const [, partition, account, role] =
    /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/s.exec(
      textMember(requestParameters, 'roleArn') ?? '',
    ) ?? [];
  if (told !== undefined || role === undefined || session === undefined) return told;
  return `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`;
}

/** S3's sessions of a bucket. The key of the session acts as the caller. */
function sessionOfCaller(event: IssuingEvent): string | undefined {
  return event.eventSource?.startsWith('s3') === true ? ofCaller(event) : undefined;
}

/** The root user of another account. The request names the account, or the ARN. */
function targetRoot({ requestParameters }: IssuingEvent): string | undefined {
  const target = textMember(requestParameters, 'targetPrincipal');
  return target !== undefined && isAccountId(target) ? `arn:aws:iam::${target}:root` : target;
}

/** The user who owns a new key. A user who names nobody creates a key for itself. The user's path is not in the answer. */
function keyOwner(event: IssuingEvent): string | undefined {
  const { recipientAccountId, requestParameters, responseElements } = event;
  const caller = ofCaller(event);
  const named =
    textMember(memberOf(responseElements, 'accessKey') ?? null, 'userName') ??
    textMember(requestParameters, 'userName');
  // A session may have the name of a user.
  const isSelf = caller?.includes(':user/') === true && caller.endsWith(`/${named}`);
  if (named === undefined || isSelf) return caller;
  const partition = /^arn:([\w-]+):/.exec(caller ?? '')?.[1] ?? 'aws';
  return recipientAccountId === null
    ? undefined
    : `arn:${partition}:iam::${recipientAccountId}:user/${named}`;
}

function memberArn(value: Json, name: string): string | undefined {
  return textMember(memberOf(value, name) ?? null, 'arn');
}

/** A list, or the only item of one. */
function listMember(value: Json, name: string): readonly Json[] {
  const member = memberOf(value, name);
  if (Array.isArray(member)) return member;
  return isObject(member) ? [member] : [];
}
