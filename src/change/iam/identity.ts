/** The users, groups, roles and policies of IAM, as calls name them. */
import type { ChangeEvent } from '../change.js';
import { memberAt, textMember, textOf } from '../request.js';
import { shortened } from '../sentence.js';
import { lastPart, subjectOf, type Subject } from '../subject.js';

const LONGEST_NAME = 80;

/** The user that the request names. Some calls are about the caller's own user if they name none. */
export function userOf(event: ChangeEvent): Subject | undefined {
  const name =
    textMember(event.requestParameters, 'userName') ??
    textOf(memberAt(event.responseElements, 'accessKey', 'userName')) ??
    callingUser(event);
  return name === undefined ? undefined : subjectOf('user', name, 'IAM user');
}

export function groupOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'groupName');
  return name === undefined ? undefined : subjectOf('group', name, 'IAM group');
}

export function roleOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'roleName');
  return name === undefined ? undefined : subjectOf('role', lastPart(name), 'IAM role');
}

export function policyOf({
  requestParameters,
  responseElements,
}: ChangeEvent): Subject | undefined {
  const name =
    textMember(requestParameters, 'policyArn') ??
    textMember(requestParameters, 'policyName') ??
    textOf(memberAt(responseElements, 'policy', 'policyName'));
  return name === undefined ? undefined : subjectOf('policy', lastPart(name), 'IAM policy');
}

export function profileOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'instanceProfileName');
  return name === undefined ? undefined : subjectOf('instance profile', name);
}

/** `itself (user ann)` if the caller is the user or role that it changes: who gives itself rights is of interest. */
export function nameOf(subject: Subject, event: ChangeEvent): string {
  return isCaller(subject, event) ? `itself (${subject.text})` : subject.text;
}

export function isCaller({ resource }: Subject, event: ChangeEvent): boolean {
  if (resource.type === 'IAM user') return callingUser(event) === resource.id;
  return resource.type === 'IAM role' && callingRole(event) === resource.id;
}

function callingUser({ userIdentity }: ChangeEvent): string | undefined {
  return textMember(userIdentity, 'type') === 'IAMUser'
    ? textMember(userIdentity, 'userName')
    : undefined;
}

function callingRole({ userIdentity }: ChangeEvent): string | undefined {
  const issuer = textOf(memberAt(userIdentity, 'sessionContext', 'sessionIssuer', 'arn'));
  const arn = textMember(userIdentity, 'arn') ?? '';
  const role = /:role\/(.+)$/s.exec(issuer ?? '')?.[1];
  return role === undefined ? /:assumed-role\/([^/]+)\//s.exec(arn)?.[1] : lastPart(role);
}

/** What the managed policies of AWS give whose name alone says too little. */
const MANAGED: Readonly<Record<string, string>> = {
  AdministratorAccess: 'administrator rights',
  'AdministratorAccess-Amplify': 'nearly administrator rights',
  PowerUserAccess: 'all rights but those of IAM and Organizations',
  IAMFullAccess: 'can give itself every right',
  AWSDenyAll: 'denies everything',
  AWSCompromisedKeyQuarantine: 'AWS limits a leaked key',
  AWSCompromisedKeyQuarantineV2: 'AWS limits a leaked key',
  AWSCompromisedKeyQuarantineV3: 'AWS limits a leaked key',
};

/** `AdministratorAccess (administrator rights)`. Only policies of AWS are known: others may have any name. */
export function policyText(arn: string): string {
  const name = lastPart(arn);
  const known = /^arn:[^:]*:iam::aws:policy\//.test(arn) && Object.hasOwn(MANAGED, name);
  return shortened(name, LONGEST_NAME) + (known ? ` (${MANAGED[name]})` : '');
}
