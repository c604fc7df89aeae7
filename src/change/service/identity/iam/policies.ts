/** Policies of IAM: what they allow, and which users, groups and roles have them. */
import type { ChangeEvent, Description, State } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { inlineStates, withAllRights } from '../../../policy/inline.js';
import { summarisePolicy, type PolicySummary } from '../../../policy/summary.js';
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
  managedRights,
  nameOf,
  onlyLimits,
  policyOf,
  policyText,
  roleOf,
  userOf,
} from './identity.js';

const LONGEST_NAME = 80;
/**
 * The console writes this policy to end the sessions of a role. Another one that only denies may be in place of one that denied more.
 */
const REVOKES = 'AWSRevokeOlderSessions';

export const policies: Describers = {
  CreatePolicy: about(policyOf, (policy, event) => {
    const summary = summaryOf(event);
    const base = created(policy, allowedText(summary));
    const first =
      summary?.rights === 'all'
        ? [versionState(policy, 'v1', summary), defaultState(policy, 'v1')]
        : [];
    return {
      ...base,
      rights: summary?.rights ?? null,
      begins: [...(base.begins ?? []), ...first],
      onlyLimits: summary?.onlyDenies === true,
    };
  }),
  DeletePolicy: deletion(policyOf),
  CreatePolicyVersion: about(policyOf, describeNewVersion),
  SetDefaultPolicyVersion: about(policyOf, (policy, { requestParameters }) => {
    const id = versionText(requestParameters);
    return {
      verb: 'set',
      object: `version ${id} as the default of ${policy.text}; the call does not say what it allows`,
      begins: [defaultState(policy, id)],
      removes: [defaultOf(policy)],
    };
  }),
  DeletePolicyVersion: about(policyOf, (policy, { requestParameters }) => ({
    verb: 'delete',
    object: `version ${versionText(requestParameters)} of ${policy.text}`,
    ends: [
      stateOf(policy, hasVersion(versionText(requestParameters))),
      stateOf(policy, withAllRights(hasVersion(versionText(requestParameters)))),
    ],
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
      describeAttached(identity, event, 'remove'),
    ),
    [`Put${kind}Policy`]: about(find, (identity, event) => describeInline(identity, event, 'give')),
    [`Delete${kind}Policy`]: about(find, (identity, event) =>
      describeInline(identity, event, 'remove'),
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
  verb: 'give' | 'remove',
): Description | undefined {
  const arn = firstText(event.requestParameters, 'policyArn', 'policyName');
  if (arn === undefined) return undefined;
  const states = [stateOf(identity, hasPolicy(arn))];
  return verb === 'give'
    ? {
        verb,
        object: `${nameOf(identity, event)} policy ${policyText(arn)}`,
        rights: managedRights(arn),
        begins: states,
        onlyLimits: onlyLimits(arn),
      }
    : { verb, object: `policy ${policyText(arn)} from ${identity.text}`, ends: states };
}

function describeInline(
  identity: Subject,
  event: ChangeEvent,
  verb: 'give' | 'remove',
): Description | undefined {
  const name = textMember(event.requestParameters, 'policyName');
  if (name === undefined) return undefined;
  const has = `has inline policy ${name}`;
  const summary = verb === 'give' ? summaryOf(event) : undefined;
  const policy = `inline policy ${shortened(name, LONGEST_NAME)}`;
  return verb === 'give'
    ? {
        verb,
        object: `${nameOf(identity, event)} ${policy}${allowedText(summary)}`,
        ...inlineStates(identity, has, summary),
        onlyLimits: name === REVOKES && summary?.onlyDenies === true,
      }
    : {
        verb,
        object: `${policy} from ${identity.text}`,
        ends: [stateOf(identity, has), stateOf(identity, withAllRights(has))],
      };
}

function describeNewVersion(policy: Subject, event: ChangeEvent): Description {
  const { requestParameters, responseElements } = event;
  const summary = summaryOf(event);
  const id = textMember(memberOf(responseElements, 'policyVersion') ?? null, 'versionId');
  const isDefault =
    flagMember(requestParameters, 'setAsDefault') ??
    flagMember(memberOf(responseElements, 'policyVersion') ?? null, 'isDefaultVersion');
  return {
    verb: 'create',
    object: `version${id === undefined ? '' : ` ${shortened(id)}`} of ${policy.text}${
      isDefault === true ? ', the default' : ', not the default'
    }${allowedText(summary)}`,
    rights: summary?.rights ?? null,
    begins:
      id === undefined
        ? []
        : [
            versionState(policy, shortened(id), summary),
            ...(isDefault === true ? [defaultState(policy, shortened(id))] : []),
          ],
    removes: isDefault === true ? [defaultOf(policy)] : [],
  };
}

/**
 * A version cannot be changed, and only the default one counts. Which one that is may change by its name alone, so the rights are
 * those of a version, and which version is the default is another state.
 */
function versionState(policy: Subject, id: string, summary: PolicySummary | undefined): State {
  const has = hasVersion(id);
  return stateOf(policy, summary?.rights === 'all' ? withAllRights(has) : has);
}

function hasVersion(id: string): string {
  return `has version ${id}`;
}

function defaultState(policy: Subject, id: string): State {
  return { ...stateOf(policy, `${hasVersion(id)} as the default`), part: defaultOf(policy) };
}

/** Which version is the default is a part of the policy, so that another one in its place ends it. */
function defaultOf({ key }: Subject): string {
  return `default version of ${key}`;
}

function allowedText(summary: PolicySummary | undefined): string {
  return summary === undefined ? '' : `: ${summary.text}`;
}

function summaryOf({
  requestParameters,
  recipientAccountId,
}: ChangeEvent): PolicySummary | undefined {
  const document = memberOf(requestParameters, 'policyDocument');
  if (document === undefined || document === null) return undefined;
  return summarisePolicy(document, { own: recipientAccountId });
}

function versionText(request: ChangeEvent['requestParameters']): string {
  return shortened(textMember(request, 'versionId') ?? 'unnamed');
}
