/** IAM Identity Center: who gets which permission set in which account, and how people sign in. */
import { accountOf } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { changing, detail, named } from '../../../request/call.js';
import { hasPolicy, managedRights, policyText } from '../iam/identity.js';
import { inlineStates, withAllRights } from '../../../policy/inline.js';
import { summarisePolicy } from '../../../policy/summary.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  answeredCreation,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';

const HAS_INLINE = 'has an inline policy';

export const permissionSets: Describers = {
  CreateAccountAssignment: (event) => assignment(event, 'give'),
  DeleteAccountAssignment: (event) => assignment(event, 'remove'),
  CreateApplicationAssignment: (event) => application(event, 'give'),
  DeleteApplicationAssignment: (event) => application(event, 'remove'),
  CreatePermissionSet: (event) => {
    const arn = textOf(memberAt(event.responseElements, 'permissionSet', 'permissionSetArn'));
    const name = textMember(event.requestParameters, 'name');
    if (arn === undefined && name === undefined) return undefined;
    const set = subjectOf('permission set', lastPart(arn ?? name ?? ''));
    return {
      verb: 'create',
      object: `${set.text}${arn === undefined ? '' : detail(' "', name, '"')}`,
      resources: [set.resource],
      begins: [stateOf(set, 'exists')],
    };
  },
  UpdatePermissionSet: changing(setOf, ({ requestParameters: request }) =>
    detail(': sessions of ', textMember(request, 'sessionDuration')),
  ),
  DeletePermissionSet: deletion(setOf),
  PutInlinePolicyToPermissionSet: about(setOf, (set, { requestParameters: request }) => {
    const summary = summarisePolicy(memberOf(request, 'inlinePolicy') ?? null, { own: null });
    return {
      verb: 'set',
      object: `inline policy of ${set.text}: ${summary.text}`,
      ...inlineStates(set, HAS_INLINE, summary),
    };
  }),
  DeleteInlinePolicyFromPermissionSet: about(setOf, (set) => ({
    verb: 'delete',
    object: `inline policy of ${set.text}`,
    ends: [stateOf(set, HAS_INLINE), stateOf(set, withAllRights(HAS_INLINE))],
  })),
  AttachManagedPolicyToPermissionSet: about(setOf, (set, event) => policy(set, event, 'attach')),
  DetachManagedPolicyFromPermissionSet: about(setOf, (set, event) => policy(set, event, 'detach')),
  AttachCustomerManagedPolicyReferenceToPermissionSet: about(setOf, (set, event) =>
    policy(set, event, 'attach'),
  ),
  DetachCustomerManagedPolicyReferenceFromPermissionSet: about(setOf, (set, event) =>
    policy(set, event, 'detach'),
  ),
  PutPermissionsBoundaryToPermissionSet: about(setOf, (set) => ({
    verb: 'set',
    object: `permissions boundary of ${set.text}`,
    ends: [stateOf(set, 'without its permissions boundary')],
  })),
  DeletePermissionsBoundaryFromPermissionSet: about(setOf, (set) => ({
    verb: 'delete',
    object: `permissions boundary of ${set.text}`,
    begins: [stateOf(set, 'without its permissions boundary')],
  })),
  CreateTrustedTokenIssuer: answeredCreation(named('trusted token issuer', 'name'), [
    'trustedTokenIssuerArn',
  ]),
  DeleteTrustedTokenIssuer: deletion(issuerOf),
  UpdateTrustedTokenIssuer: changing(issuerOf),
  PutPermissionsPolicy: changing(setOf),
  AssociateDirectory: directory('set', 'is where people sign in'),
  DisassociateDirectory: directory('remove', 'is no longer where people sign in'),
  UpdateDirectoryAssociation: directory('change', 'association changed'),
};

function setOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const arn = firstText(request, 'permissionSetArn', 'permissionSetId');
  return arn === undefined ? undefined : subjectOf('permission set', lastPart(arn));
}

function issuerOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const arn = textMember(request, 'trustedTokenIssuerArn');
  return arn === undefined ? undefined : subjectOf('trusted token issuer', lastPart(arn));
}

function principalText({ requestParameters: request }: ChangeEvent): string {
  const kind = textMember(request, 'principalType')?.toLowerCase() === 'user' ? 'user' : 'group';
  return `${kind} ${shortened(textMember(request, 'principalId') ?? 'unknown')}`;
}

function assignment(event: ChangeEvent, verb: 'give' | 'remove'): Description | undefined {
  const set = setOf(event);
  const target = textMember(event.requestParameters, 'targetId');
  if (set === undefined || target === undefined) return undefined;
  const who = principalText(event);
  const where = `account ${accountOf(target) ?? shortened(target)}`;
  const states = [{ resource: who, what: `${set.text} in ${where}` }];
  const resources = [set.resource];
  return verb === 'give'
    ? { verb, object: `${who} ${set.text} in ${where}`, resources, begins: states }
    : { verb, object: `${set.text} in ${where} from ${who}`, resources, ends: states };
}

function application(event: ChangeEvent, verb: 'give' | 'remove'): Description | undefined {
  const arn = textMember(event.requestParameters, 'applicationArn');
  if (arn === undefined) return undefined;
  const text = `application ${shortened(lastPart(arn))}`;
  const who = principalText(event);
  const states = [{ resource: who, what: text }];
  return verb === 'give'
    ? { verb, object: `${who} ${text}`, begins: states }
    : { verb, object: `${text} from ${who}`, ends: states };
}

function policy(
  set: Subject,
  { requestParameters: request }: ChangeEvent,
  verb: 'attach' | 'detach',
): Description | undefined {
  const name =
    firstText(request, 'managedPolicyArn', 'policyArn') ??
    textOf(memberAt(request, 'customerManagedPolicyReference', 'name'));
  if (name === undefined) return undefined;
  const text = `policy ${policyText(name)}`;
  const states = [stateOf(set, hasPolicy(name))];
  return verb === 'attach'
    ? { verb, object: `${text} to ${set.text}`, rights: managedRights(name), begins: states }
    : { verb, object: `${text} from ${set.text}`, ends: states };
}

function directory(verb: 'set' | 'remove' | 'change', what: string): Describers[string] {
  return ({ requestParameters: request }) => {
    const id = textMember(request, 'directoryId');
    return id === undefined
      ? undefined
      : { verb, object: `directory ${shortened(id)} of Identity Center: ${what}` };
  };
}
