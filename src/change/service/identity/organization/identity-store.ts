/**
 * The users and groups of IAM Identity Center. The console and SCIM call `sso-directory`, programs call `identitystore`. CloudTrail hides
 * names of users.
 */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { changing, detail, named } from '../../../request/call.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  creation,
  deletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { otherSettings } from '../../../request/settings.js';

const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';
const providerOf = named('identity provider', 'idpId', 'directoryId', 'identityStoreId');

export const identityStore: Describers = {
  CreateUser: creation(userOf),
  UpdateUser: changing(userOf),
  DeleteUser: deletion(userOf),
  EnableUser: about(userOf, (user) => ({
    verb: 'switch on',
    object: user.text,
    ends: [stateOf(user, 'off')],
  })),
  DisableUser: about(userOf, (user) => ({
    verb: 'switch off',
    object: user.text,
    begins: [stateOf(user, 'off')],
  })),
  UpdatePassword: about(userOf, (user) => ({
    verb: 'change',
    object: `password of ${user.text}`,
  })),
  UpdateMfaDeviceForUser: about(userOf, (user) => ({
    verb: 'change',
    object: `MFA device of ${user.text}`,
  })),
  DeleteMfaDeviceForUser: about(userOf, (user) => ({
    verb: 'delete',
    object: `MFA device of ${user.text}`,
  })),
  PutMfaDeviceManagementForDirectory: (event) => {
    const { requestParameters: request } = event;
    const directory = firstText(request, 'directoryId', 'identityStoreId');
    const settings = otherSettings(event, ['directoryId', 'identityStoreId']);
    return {
      verb: 'set',
      object: `when Identity Center asks for MFA${detail(', in directory ', directory)}${settings.map((text) => `: ${text}`).join('')}`,
    };
  },
  CreateGroup: creation(groupOf),
  UpdateGroup: changing(groupOf),
  DeleteGroup: deletion(groupOf),
  CreateGroupMembership: (event) => membership(event, 'add'),
  AddMemberToGroup: (event) => membership(event, 'add'),
  DeleteGroupMembership: (event) => membership(event, 'remove'),
  RemoveMemberFromGroup: (event) => membership(event, 'remove'),
  CreateBearerToken: () => ({
    verb: 'create',
    object: 'a token with which a program may create users and groups',
  }),
  CreateExternalIdPConfigurationForDirectory: creation(providerOf),
  UpdateExternalIdPConfigurationForDirectory: changing(providerOf),
  DeleteExternalIdPConfigurationForDirectory: deletion(providerOf),
  EnableExternalIdPConfigurationForDirectory: about(providerOf, (provider) => ({
    verb: 'switch on',
    object: `${provider.text}: it says who signs in`,
    begins: [stateOf(provider, 'signs people in')],
  })),
  DisableExternalIdPConfigurationForDirectory: about(providerOf, (provider) => ({
    verb: 'switch off',
    object: provider.text,
    ends: [stateOf(provider, 'signs people in')],
  })),
};

function userOf(event: ChangeEvent): Subject | undefined {
  return found(event, 'user', ['userId', 'userName']);
}

function groupOf(event: ChangeEvent): Subject | undefined {
  return found(event, 'group', ['groupId', 'displayName']);
}

/** By ID, which the response to the creation has; else by name. */
function found(
  { requestParameters: request, responseElements: response }: ChangeEvent,
  word: string,
  members: readonly string[],
): Subject | undefined {
  const places: readonly Json[] = [request, response, memberOf(response, word) ?? null];
  const ids = members.flatMap((member) =>
    places.flatMap((place) => textMember(place, member) ?? []),
  );
  const id = ids.find((text) => text !== HIDDEN);
  return id === undefined ? undefined : subjectOf(word, id, `Identity Center ${word}`);
}

/** A membership has an ID of its own, by which `DeleteGroupMembership` names it. */
function membership(event: ChangeEvent, verb: 'add' | 'remove'): Description | undefined {
  const { requestParameters: request, responseElements } = event;
  const id =
    textOf(memberAt(request, 'memberId', 'userId')) ??
    textOf(memberAt(request, 'member', 'memberId'));
  const membershipId =
    textMember(request, 'membershipId') ?? textMember(responseElements, 'membershipId');
  const part = membershipId === undefined ? undefined : `membership ${membershipId}`;
  const group = groupOf(event);
  if (id === undefined)
    return verb === 'add' || part === undefined
      ? undefined
      : {
          verb,
          object: `a member from ${group?.text ?? 'a group'} (${shortened(part, 80)})`,
          removes: [part],
        };
  const user = subjectOf('user', id, 'Identity Center user');
  const name = group?.text ?? 'a group';
  const resources = [user, group].flatMap((subject) => subject?.resource ?? []);
  const states =
    group === undefined
      ? []
      : [{ ...stateOf(user, `in ${group.key}`), ...(part !== undefined && { part }) }];
  return verb === 'add'
    ? { verb, object: `${user.text} to ${name}`, resources, begins: states }
    : { verb, object: `${user.text} from ${name}`, resources, ends: states };
}
