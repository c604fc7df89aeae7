/** Member and administrator accounts of GuardDuty, Security Hub and their like, whose calls have the same names. */
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { firstText, listOf, memberOf, textOf } from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';

const ADMIN = [
  'adminAccountId',
  'AdminAccountId',
  'delegatedAdminAccountId',
  'accountId',
  'AccountId',
];

/** The describers of such a service. `service` is its name in sentences. */
export function membership(service: string): Describers {
  return {
    DisassociateMembers: (event) => ({
      verb: 'disassociate',
      object: `${membersText(event)} from ${service} of this account`,
    }),
    DisassociateMember: (event) => ({
      verb: 'disassociate',
      object: `${membersText(event)} from ${service} of this account`,
    }),
    DeleteMembers: (event) => ({
      verb: 'remove',
      object: `${membersText(event)} from ${service} of this account`,
    }),
    DeleteMember: (event) => ({
      verb: 'remove',
      object: `${membersText(event)} from ${service} of this account`,
    }),
    DisassociateFromMasterAccount: () => detached(service),
    DisassociateFromAdministratorAccount: () => detached(service),
    EnableOrganizationAdminAccount: (event) => given(event, service),
    EnableDelegatedAdminAccount: (event) => given(event, service),
    DisableOrganizationAdminAccount: (event) => taken(event, service),
    DisableDelegatedAdminAccount: (event) => taken(event, service),
  };
}

function given(event: ChangeEvent, service: string) {
  return {
    verb: 'give',
    object: `account ${adminOf(event)} the management of ${service} in the organization`,
  } as const;
}

function taken(event: ChangeEvent, service: string) {
  return {
    verb: 'remove',
    object: `the management of ${service} in the organization from account ${adminOf(event)}`,
  } as const;
}

function detached(service: string) {
  return {
    verb: 'disassociate',
    object: `this account from the administrator of ${service}`,
  } as const;
}

/** `accounts 111122223333, 444455556666`. */
export function membersText({ requestParameters }: ChangeEvent): string {
  const list =
    memberOf(requestParameters, 'accountIds') ?? memberOf(requestParameters, 'AccountIds');
  const ids = [
    ...listOf(list).flatMap((id) => textOf(id) ?? []),
    ...[firstText(requestParameters, 'id', 'accountId')].flatMap((id) => id ?? []),
  ].map((id) => shortened(id));
  if (ids.length === 0) return 'member accounts';
  return `${ids.length === 1 ? 'account' : 'accounts'} ${listed(ids, ', ', 4)}`;
}

function adminOf({ requestParameters }: ChangeEvent): string {
  return shortened(firstText(requestParameters, ...ADMIN) ?? 'unknown');
}
