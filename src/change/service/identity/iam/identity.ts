/** The users, groups, roles and policies of IAM, as calls name them. */
import { isObject } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, GivenRights } from '../../../change.js';
import { memberAt, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { lastPart, subjectOf, type Subject } from '../../../request/subject.js';

const LONGEST_NAME = 80;
/** The owner of the account, who is no user of IAM. */
const ROOT: Subject = {
  text: 'root',
  key: 'root',
  resource: { type: 'root', id: 'root', name: null },
};

/** The user that the request names. */
export function userOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'userName');
  return name === undefined ? undefined : subjectOf('user', name, 'IAM user');
}

/**
 * The user of a call that is about the caller if it names none. A denied call has neither request nor response: it may have named
 * anybody.
 */
export function userOrCaller(event: ChangeEvent): Subject | undefined {
  const { requestParameters, responseElements } = event;
  const user = userOf(event);
  if (user !== undefined) return user;
  // A session that an administrator of the organization took acts on root alone.
  if (isTakenRoot(event)) return ROOT;
  if (!isObject(requestParameters) && !isObject(responseElements)) return undefined;
  const answered = textOf(memberAt(responseElements, 'accessKey', 'userName'));
  return answered === undefined ? callerOf(event) : subjectOf('user', answered, 'IAM user');
}

/** The user that makes the call, if it is one. */
export function callerOf(event: ChangeEvent): Subject | undefined {
  if (isRoot(event)) return ROOT;
  const name = callingUser(event);
  return name === undefined ? undefined : subjectOf('user', name, 'IAM user');
}

/** The group that the request names; undefined if it names none. */
export function groupOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'groupName');
  return name === undefined ? undefined : subjectOf('group', name, 'IAM group');
}

/** The role that the request names, by its name without the path; undefined if it names none. */
export function roleOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'roleName');
  return name === undefined ? undefined : subjectOf('role', lastPart(name), 'IAM role');
}

/** The policy that the request names, else the one that the answer says was made: by its name without the path. */
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

/** The instance profile that the request names; undefined if it names none. */
export function profileOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'instanceProfileName');
  return name === undefined ? undefined : subjectOf('instance profile', name);
}

/** `itself (user ann)` if the caller is the user or role that it changes: who gives itself rights is of interest. */
export function nameOf(subject: Subject, event: ChangeEvent): string {
  return isCaller(subject, event) ? `itself (${subject.text})` : subject.text;
}

function isCaller({ resource }: Subject, event: ChangeEvent): boolean {
  if (resource === ROOT.resource) return isRoot(event);
  if (resource.type === 'IAM user') return callingUser(event) === resource.id;
  return resource.type === 'IAM role' && callingRole(event) === resource.id;
}

function isRoot({ userIdentity }: ChangeEvent): boolean {
  return textMember(userIdentity, 'type') === 'Root';
}

function isTakenRoot(event: ChangeEvent): boolean {
  const taken = textOf(memberAt(event.userIdentity, 'sessionContext', 'assumedRoot'));
  return isRoot(event) && taken === 'true';
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

interface Managed {
  readonly words: string;
  readonly rights?: GivenRights;
  readonly onlyLimits?: true;
}

const QUARANTINE: Managed = { words: 'AWS limits a leaked key', onlyLimits: true };

/** The managed policies of AWS whose name alone says too little. */
const MANAGED: Readonly<Record<string, Managed>> = {
  AdministratorAccess: { words: 'administrator rights', rights: 'all' },
  'AdministratorAccess-Amplify': { words: 'nearly administrator rights', rights: 'perhaps all' },
  PowerUserAccess: {
    words: 'all rights but those of IAM and Organizations',
    rights: 'perhaps all',
  },
  IAMFullAccess: { words: 'can give itself every right', rights: 'perhaps all' },
  AWSDenyAll: { words: 'denies everything', onlyLimits: true },
  AWSCompromisedKeyQuarantine: QUARANTINE,
  AWSCompromisedKeyQuarantineV2: QUARANTINE,
  AWSCompromisedKeyQuarantineV3: QUARANTINE,
};

function managedNamed(name: string): Managed | undefined {
  return Object.hasOwn(MANAGED, name) ? MANAGED[name] : undefined;
}

/** Undefined for a policy of the account, whose name says nothing of it. */
function managedOf(arn: string): Managed | undefined {
  return isOfAws(arn) ? managedNamed(lastPart(arn)) : undefined;
}

/** What a managed policy gives, as far as it is known. */
export function managedRights(arn: string): GivenRights | null {
  return managedOf(arn)?.rights ?? null;
}

/** `AdministratorAccess (administrator rights)`. Only policies of AWS are known: others may have any name, also one of these. */
export function policyText(arn: string): string {
  const name = lastPart(arn);
  const known = managedNamed(name);
  const more =
    known === undefined
      ? ''
      : isOfAws(arn)
        ? ` (${known.words})`
        : arn.startsWith('arn:')
          ? ' (not the one of AWS)'
          : '';
  return `${shortened(name, LONGEST_NAME)}${more}`;
}

/** What a user, group or role that has the policy is in. A policy of the account may have the name of one of AWS. */
export function hasPolicy(arn: string): string {
  return `has policy ${lastPart(arn)}${isOfAws(arn) ? ' of AWS' : ''}`;
}

/** Whether it is a managed policy of AWS that only denies: who attaches it gives nobody more. */
export function onlyLimits(arn: string): boolean {
  return managedOf(arn)?.onlyLimits === true;
}

/** Whether a policy, as the limit of somebody's rights, limits nothing. */
export function limitsNothing(arn: string): boolean {
  return managedRights(arn) === 'all';
}

function isOfAws(arn: string): boolean {
  return /^arn:[^:]*:iam::aws:policy\//.test(arn);
}
