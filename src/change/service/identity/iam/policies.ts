/** Policies of IAM: what they allow, and which users, groups and roles have them. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { summarisePolicy } from '../../../policy/summary.js';
import { firstText, flagMember, memberOf, textMember } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  created,
  deletion,
  stateOf,
  type FindSubject,
  type Subject,
} from '../../../request/subject.js';
import {
  groupOf,
  hasPolicy,
  limitsNothing,
  nameOf,
  policyOf,
  policyText,
  roleOf,
  userOf,
} from './identity.js';

const LONGEST_NAME = 80;

export const policies: Describers = {
  CreatePolicy: about(policyOf, (policy, event) => created(policy, allowedText(event))),
  DeletePolicy: deletion(policyOf),
  CreatePolicyVersion: about(policyOf, describeNewVersion),
  SetDefaultPolicyVersion: about(policyOf, (policy, { requestParameters }) => ({
    verb: 'set',
    object: `version ${versionText(requestParameters)} as the default of ${policy.text}`,
  })),
  DeletePolicyVersion: about(policyOf, (policy, { requestParameters }) => ({
    verb: 'delete',
    object: `version ${versionText(requestParameters)} of ${policy.text}`,
    ends: [stateOf(policy, `has version ${versionText(requestParameters)}`)],
  })),
  ...policiesOf('User', userOf),
  ...policiesOf('Group', groupOf),
  ...policiesOf('Role', roleOf),
};

/** The calls that give policies to one kind of identity, and that take them away. */
function policiesOf(kind: 'User' | 'Group' | 'Role', find: FindSubject): Describers {
  return {
    [`Attach${kind}Policy`]: about(find, (identity, event) =>
      describeAttached(identity, event, 'give'),
    ),
    [`Detach${kind}Policy`]: about(find, (identity, event) =>
      describeAttached(identity, event, 'take'),
    ),
    [`Put${kind}Policy`]: about(find, (identity, event) => describeInline(identity, event, 'give')),
    [`Delete${kind}Policy`]: about(find, (identity, event) =>
      describeInline(identity, event, 'take'),
    ),
    [`Put${kind}PermissionsBoundary`]: about(find, (identity, { requestParameters }) => {
      const arn = textMember(requestParameters, 'permissionsBoundary');
      if (arn === undefined) return undefined;
      const states = [stateOf(identity, 'without its permissions boundary')];
      const object = `permissions boundary of ${identity.text} to ${policyText(arn)}`;
      return limitsNothing(arn)
        ? { verb: 'set', object: `${object}, which limits nothing`, begins: states }
        : { verb: 'set', object, ends: states };
    }),
    [`Delete${kind}PermissionsBoundary`]: about(find, (identity, event) => ({
      verb: 'remove',
      object: `permissions boundary of ${nameOf(identity, event)}`,
      begins: [stateOf(identity, 'without its permissions boundary')],
    })),
  };
}

function describeAttached(
  identity: Subject,
  event: ChangeEvent,
  verb: 'give' | 'take',
): Description | undefined {
  const arn = firstText(event.requestParameters, 'policyArn', 'policyName');
  if (arn === undefined) return undefined;
  const states = [stateOf(identity, hasPolicy(arn))];
  return verb === 'give'
    ? { verb, object: `${nameOf(identity, event)} policy ${policyText(arn)}`, begins: states }
    : { verb, object: `policy ${policyText(arn)} from ${identity.text}`, ends: states };
}

function describeInline(
  identity: Subject,
  event: ChangeEvent,
  verb: 'give' | 'take',
): Description | undefined {
  const name = textMember(event.requestParameters, 'policyName');
  if (name === undefined) return undefined;
  const states = [stateOf(identity, `has inline policy ${name}`)];
  const policy = `inline policy ${shortened(name, LONGEST_NAME)}`;
  return verb === 'give'
    ? {
        verb,
        object: `${nameOf(identity, event)} ${policy}${allowedText(event)}`,
        begins: states,
      }
    : { verb, object: `${policy} from ${identity.text}`, ends: states };
}

function describeNewVersion(policy: Subject, event: ChangeEvent): Description {
  const { requestParameters, responseElements } = event;
  const id = textMember(memberOf(responseElements, 'policyVersion') ?? null, 'versionId');
  const isDefault =
    flagMember(requestParameters, 'setAsDefault') ??
    flagMember(memberOf(responseElements, 'policyVersion') ?? null, 'isDefaultVersion');
  return {
    verb: 'create',
    object: `version${id === undefined ? '' : ` ${shortened(id)}`} of ${policy.text}${
      isDefault === true ? ', the default' : ', not the default'
    }${allowedText(event)}`,
    begins: id === undefined ? [] : [stateOf(policy, `has version ${shortened(id)}`)],
  };
}

function allowedText({ requestParameters, recipientAccountId }: ChangeEvent): string {
  const document = memberOf(requestParameters, 'policyDocument');
  if (document === undefined || document === null) return '';
  return `: ${summarisePolicy(document, { own: recipientAccountId }).text}`;
}

function versionText(request: ChangeEvent['requestParameters']): string {
  return shortened(textMember(request, 'versionId') ?? 'unnamed');
}
