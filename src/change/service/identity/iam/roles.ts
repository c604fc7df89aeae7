/** Roles of IAM: who may assume them, and the instances and services that have them. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accessOf, placedPolicy, statesOf } from '../../../policy/resource.js';
import { summarisePolicy, whoMayAssume } from '../../../policy/summary.js';
import { memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  created,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { profileOf, roleOf } from './identity.js';
import { boundaryText } from './users.js';

export const roles: Describers = {
  CreateRole: about(roleOf, describeCreation),
  DeleteRole: deletion(roleOf),
  UpdateAssumeRolePolicy: about(roleOf, describeTrust),
  UpdateRole: about(roleOf, describeUpdate),
  UpdateRoleDescription: about(roleOf, describeUpdate),
  CreateServiceLinkedRole: describeServiceLinked,
  DeleteServiceLinkedRole: deletion(roleOf),
  CreateInstanceProfile: creation(profileOf),
  DeleteInstanceProfile: deletion(profileOf),
  AddRoleToInstanceProfile: about(profileOf, (profile, event) =>
    describeProfile(profile, event, 'give'),
  ),
  RemoveRoleFromInstanceProfile: about(profileOf, (profile, event) =>
    describeProfile(profile, event, 'remove'),
  ),
};

function describeCreation(role: Subject, event: ChangeEvent): Description {
  const policy = memberOf(event.requestParameters, 'assumeRolePolicyDocument');
  const { text, begins, exposure, grantees } = trustOf(role, policy ?? null, event);
  const more = `${boundaryText(event)}: ${text}`;
  const base = created(role, more);
  return { ...base, exposure, grantees, begins: [...(base.begins ?? []), ...begins] };
}

function describeTrust(role: Subject, event: ChangeEvent): Description | undefined {
  const policy = memberOf(event.requestParameters, 'policyDocument');
  if (policy === undefined) return undefined;
  const { text, isClosed, ...access } = trustOf(role, policy, event);
  const simple = whoMayAssume(policy, event.recipientAccountId);
  if (simple === undefined)
    return { verb: 'change', object: `who may assume ${role.text}: ${text}`, ...access };
  // The policy replaces the one before: a role may have been open to others until now.
  const only = isClosed ? 'only ' : '';
  const object = `${only}${simple.who} assume ${role.text}${simple.condition}`;
  return { verb: 'let', object, ...access };
}

/** Whom a trust policy lets in. A role that others may assume can be handed back by another policy, or with the role. */
function trustOf(role: Subject, policy: ChangeEvent['requestParameters'], event: ChangeEvent) {
  const summary = summarisePolicy(policy, { own: event.recipientAccountId, trust: true });
  return {
    text: summary.text,
    isClosed: summary.outsiders === 'none',
    ...accessOf(summary),
    ...statesOf(
      { ...placedPolicy(role.key), openTo: (who) => `may be assumed by ${who}` },
      summary,
    ),
  };
}

function describeUpdate(role: Subject, { requestParameters }: ChangeEvent): Description {
  const seconds = textMember(requestParameters, 'maxSessionDuration');
  const description = textMember(requestParameters, 'description');
  const parts = [
    seconds === undefined ? [] : `sessions of up to ${shortened(seconds)} seconds`,
    description === undefined ? [] : `description "${shortened(description)}"`,
  ].flat();
  return { verb: 'change', object: [role.text, parts.join(', ')].filter(Boolean).join(': ') };
}

function describeServiceLinked({
  requestParameters,
  responseElements,
}: ChangeEvent): Description | undefined {
  const service =
    textMember(requestParameters, 'aWSServiceName') ??
    textMember(requestParameters, 'awsServiceName');
  const name = textOf(memberAt(responseElements, 'role', 'roleName'));
  if (service === undefined && name === undefined) return undefined;
  const role = subjectOf('service-linked role', name ?? 'without a name', 'IAM role');
  return {
    verb: 'create',
    object: `service-linked role${name === undefined ? '' : ` ${shortened(name, 80)}`}${
      service === undefined ? '' : ` for ${shortened(service, 80)}`
    }`,
    resources: name === undefined ? [] : [role.resource],
    begins: name === undefined ? [] : [stateOf(subjectOf('role', name), 'exists')],
  };
}

function describeProfile(
  profile: Subject,
  event: ChangeEvent,
  verb: 'give' | 'remove',
): Description | undefined {
  const role = roleOf(event);
  if (role === undefined) return undefined;
  const states = [stateOf(profile, `has ${role.key}`)];
  const resources = [profile.resource, role.resource];
  return verb === 'give'
    ? { verb, object: `${profile.text} ${role.text}`, resources, begins: states }
    : { verb, object: `${role.text} from ${profile.text}`, resources, ends: states };
}
