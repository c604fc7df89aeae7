/** AWS Organizations: its accounts, the policies that limit them, and who rules services in all of them. */
import { accountOf } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { detail, named, switching } from '../../../request/call.js';
import { accessOf, placedPolicy, statesOf } from '../../../policy/resource.js';
import { limitsNothing, summarisePolicy } from '../../../policy/summary.js';
import { memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  created,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';

const policyOf = named('policy', 'policyId');
const accountInOf = named('account', 'accountId');
const unitOf = named('organizational unit', 'organizationalUnitId');
const trusted = switching(named('service', 'servicePrincipal'), 'rights in all accounts');
const IN_ORGANIZATION = 'in the organization';

/** What states call it: an account is in one. */
const ORGANIZATION = 'organization';

export const organizations: Describers = {
  CreatePolicy: (event) => {
    const id = textOf(memberAt(event.responseElements, 'policy', 'policySummary', 'id'));
    const name = textMember(event.requestParameters, 'name');
    if (id === undefined && name === undefined) return undefined;
    const policy = subjectOf('policy', id ?? name ?? '');
    const called = id === undefined ? '' : detail(' "', name, '"');
    return { ...created(policy, `${called}${kindText(event)}`), resources: [policy.resource] };
  },
  UpdatePolicy: about(policyOf, (policy, event) => ({
    verb: 'change',
    object: `${policy.text}${contentText(event)}`,
    ...contentStates(policy, event),
  })),
  DeletePolicy: deletion(policyOf),
  AttachPolicy: about(policyOf, (policy, event) => attachment(policy, event, 'attach')),
  DetachPolicy: about(policyOf, (policy, event) => attachment(policy, event, 'detach')),
  EnablePolicyType: policyType('switch on'),
  DisablePolicyType: policyType('switch off'),
  PutResourcePolicy: ({ requestParameters: request, recipientAccountId: own }) => {
    const summary = summarisePolicy(memberOf(request, 'content') ?? null, { own });
    return {
      verb: 'set',
      object: `policy of the organization: ${summary.text}`,
      ...accessOf(summary),
      ...statesOf(placedPolicy(ORGANIZATION), summary),
    };
  },
  DeleteResourcePolicy: () => ({
    verb: 'delete',
    object: 'policy of the organization',
    removes: [placedPolicy(ORGANIZATION).part],
  }),

  CreateAccount: describeNewAccount,
  CreateGovCloudAccount: describeNewAccount,
  InviteAccountToOrganization: ({ requestParameters: request }) => ({
    verb: 'invite',
    object: `account ${shortened(textOf(memberAt(request, 'target', 'id')) ?? 'unknown')} to the organization`,
  }),
  AcceptHandshake: about(named('handshake', 'handshakeId'), (handshake, { responseElements }) => {
    const action = textOf(memberAt(responseElements, 'handshake', 'action'));
    const what =
      action === undefined || action === 'INVITE'
        ? 'into the organization of another account'
        : shortened(action.toLowerCase().replaceAll('_', ' '));
    return { verb: 'accept', object: `${handshake.text}: ${what}` };
  }),
  MoveAccount: about(accountInOf, (account, { requestParameters: request }) => ({
    verb: 'move',
    object: `${account.text}${detail(' from ', textMember(request, 'sourceParentId'))}${detail(' to ', textMember(request, 'destinationParentId'))}`,
  })),
  RemoveAccountFromOrganization: about(accountInOf, (account) => ({
    verb: 'remove',
    object: `${account.text} from the organization`,
    ends: [stateOf(account, IN_ORGANIZATION)],
  })),
  LeaveOrganization: ({ recipientAccountId }) => {
    const account = recipientAccountId ?? '';
    return {
      verb: 'leave',
      object: `the organization${detail(', with account ', recipientAccountId ?? undefined)}`,
      ends: account === '' ? [] : [stateOf(subjectOf('account', account), IN_ORGANIZATION)],
    };
  },
  CloseAccount: about(accountInOf, (account) => ({ verb: 'close', object: account.text })),
  CreateOrganization: () => ({ verb: 'create', object: 'an organization' }),
  DeleteOrganization: () => ({ verb: 'delete', object: 'the organization' }),
  CreateOrganizationalUnit: about(named('organizational unit', 'name'), newUnit),
  DeleteOrganizationalUnit: deletion(unitOf),

  RegisterDelegatedAdministrator: about(accountInOf, (account, event) =>
    delegation(account, event, 'give'),
  ),
  DeregisterDelegatedAdministrator: about(accountInOf, (account, event) =>
    delegation(account, event, 'remove'),
  ),
  EnableAWSServiceAccess: trusted.on,
  DisableAWSServiceAccess: trusted.off,
};

function kindText({ requestParameters: request }: ChangeEvent): string {
  return detail(' of type ', textMember(request, 'type'));
}

/** Only policies that limit rights have statements: what they allow, nobody gets by them. */
function contentText({ requestParameters: request, recipientAccountId: own }: ChangeEvent): string {
  const content = textMember(request, 'content');
  if (content === undefined) return detail(': new name ', textMember(request, 'name'));
  return /"Statement"/.test(content)
    ? `: ${summarisePolicy(content, { own, isLimit: true }).text}`
    : '';
}

/** What it denied before, the call does not say. */
function contentStates(
  policy: Subject,
  { requestParameters: request, recipientAccountId: own }: ChangeEvent,
): Pick<Description, 'begins' | 'ends'> {
  const content = textMember(request, 'content');
  if (content === undefined) return {};
  const states = [stateOf(policy, 'limits nothing')];
  return limitsNothing(content, own) ? { begins: states } : { ends: states };
}

function attachment(
  policy: Subject,
  { requestParameters: request }: ChangeEvent,
  verb: 'attach' | 'detach',
): Description | undefined {
  const target = textMember(request, 'targetId');
  if (target === undefined) return undefined;
  const states = [stateOf(policy, `attached to ${target}`)];
  const name = targetText(target);
  return verb === 'attach'
    ? { verb, object: `${policy.text} to ${name}`, begins: states }
    : { verb, object: `${policy.text} from ${name}`, ends: states };
}

function targetText(id: string): string {
  if (accountOf(id) !== undefined) return `account ${id}`;
  if (id.startsWith('r-')) return `the whole organization (${shortened(id)})`;
  return shortened(id);
}

function policyType(verb: 'switch on' | 'switch off'): Describers[string] {
  return ({ requestParameters: request }) => {
    const type = textMember(request, 'policyType');
    if (type === undefined) return undefined;
    const states = [stateOf(subjectOf('policies of type', type), 'off')];
    const object = `all policies of type ${shortened(type)} in the organization`;
    return verb === 'switch on' ? { verb, object, ends: states } : { verb, object, begins: states };
  };
}

function describeNewAccount({ requestParameters: request }: ChangeEvent): Description {
  return { verb: 'create', object: `account${detail(' ', textMember(request, 'accountName'))}` };
}

function delegation(
  account: Subject,
  { requestParameters: request }: ChangeEvent,
  verb: 'give' | 'remove',
): Description {
  const service = textMember(request, 'servicePrincipal') ?? 'a service';
  const states = [stateOf(account, `administrator of ${service}`)];
  const rights = `administration of ${shortened(service)} in the organization`;
  const id = accountOf(account.resource.id);
  return verb === 'give'
    ? {
        verb,
        object: `${account.text} the ${rights}`,
        resources: [
          { type: 'administration', id: `administration of ${service}`, name: null },
          account.resource,
        ],
        grantees: id === undefined ? [] : [id],
        begins: states,
      }
    : { verb, object: `the ${rights} from ${account.text}`, ends: states };
}

/** Later calls have its ID. */
function newUnit(unit: Subject, { responseElements }: ChangeEvent): Description {
  const id = textOf(memberAt(responseElements, 'organizationalUnit', 'id'));
  if (id === undefined) return created(unit);
  const { key } = subjectOf('organizational unit', id);
  return { ...created(unit), begins: [{ resource: key, what: 'exists', part: unit.key }] };
}
