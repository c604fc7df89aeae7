/** Users and groups of IAM, and what a user signs in with: passwords, keys, MFA devices, certificates. */
import type { ChangedResource, ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  flagMember,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  creation,
  deletion,
  lastPart,
  renamedTo,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { callerOf, groupOf, nameOf, policyText, userOf, userOrCaller } from './identity.js';

const PASSWORD = 'has a password';

export const users: Describers = {
  CreateUser: creation(userOf, boundaryText),
  DeleteUser: deletion(userOf),
  UpdateUser: about(userOf, (user, event) => renamed(user, event, 'newUserName')),
  CreateGroup: creation(groupOf),
  DeleteGroup: deletion(groupOf),
  UpdateGroup: about(groupOf, (group, event) => renamed(group, event, 'newGroupName')),
  AddUserToGroup: about(userOf, (user, event) => membership(user, event, 'add')),
  RemoveUserFromGroup: about(userOf, (user, event) => membership(user, event, 'remove')),

  CreateLoginProfile: about(userOrCaller, (user, event) => ({
    verb: 'give',
    object: `${nameOf(user, event)} a password${resetText(event)}`,
    begins: [stateOf(user, PASSWORD)],
  })),
  UpdateLoginProfile: about(userOrCaller, (user, event) => ({
    verb: 'change',
    object: `password of ${nameOf(user, event)}${resetText(event)}`,
  })),
  DeleteLoginProfile: about(userOrCaller, (user) => ({
    verb: 'remove',
    object: `the password from ${user.text}`,
    ends: [stateOf(user, PASSWORD)],
  })),
  ChangePassword: (event) => {
    const caller = callerOf(event);
    return {
      verb: 'change',
      object: 'its own password',
      resources: caller === undefined ? [] : [caller.resource],
    };
  },

  ...credentials('AccessKey', 'key'),
  ...credentials('SSHPublicKey', 'SSH key'),
  ...credentials('SigningCertificate', 'signing certificate'),
  ...credentials('ServiceSpecificCredential', 'credential'),
  ResetServiceSpecificCredential: about(userOrCaller, (user, event) => ({
    verb: 'replace',
    object: `password of ${credentialOf(event, 'credential')?.text ?? 'a credential'} of ${user.text}`,
  })),

  CreateVirtualMFADevice: creation(mfaDeviceOf),
  DeleteVirtualMFADevice: deletion(mfaDeviceOf),
  EnableMFADevice: about(userOrCaller, (user, event) => ({
    verb: 'give',
    object: `${nameOf(user, event)} ${deviceText(event)}`,
    ends: [stateOf(user, `lost ${mfaDeviceOf(event)?.key ?? 'MFA device'}`)],
  })),
  DeactivateMFADevice: about(userOrCaller, (user, event) => ({
    verb: 'remove',
    object: `${deviceText(event)} from ${nameOf(user, event)}`,
    begins: [stateOf(user, `lost ${mfaDeviceOf(event)?.key ?? 'MFA device'}`)],
  })),
  ResyncMFADevice: about(userOrCaller, (user, event) => ({
    verb: 'change',
    object: `${deviceText(event)} of ${user.text}: synchronised again`,
  })),
};

/** A new boundary limits what the user may do, whatever its policies. */
export function boundaryText({ requestParameters }: ChangeEvent): string {
  const boundary = textMember(requestParameters, 'permissionsBoundary');
  return boundary === undefined ? '' : ` with permissions boundary ${policyText(boundary)}`;
}

function renamed(
  subject: Subject,
  { requestParameters }: ChangeEvent,
  member: string,
): Description {
  const name = textMember(requestParameters, member);
  const path = textMember(requestParameters, 'newPath');
  const parts = [
    name === undefined ? [] : `new name ${shortened(name, 80)}`,
    path === undefined ? [] : `new path ${shortened(path, 80)}`,
  ].flat();
  return {
    verb: 'change',
    object: `${subject.text}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
    ...renamedTo(subject, name),
  };
}

function membership(
  user: Subject,
  event: ChangeEvent,
  verb: 'add' | 'remove',
): Description | undefined {
  const group = groupOf(event);
  if (group === undefined) return undefined;
  const states = [stateOf(user, `in ${group.key}`)];
  const resources = [user.resource, group.resource];
  return verb === 'add'
    ? { verb, object: `${nameOf(user, event)} to ${group.text}`, resources, begins: states }
    : { verb, object: `${user.text} from ${group.text}`, resources, ends: states };
}

function resetText({ requestParameters }: ChangeEvent): string {
  const reset = flagMember(requestParameters, 'passwordResetRequired');
  return reset === true ? ', to be changed at the first sign-in' : '';
}

/** Keys and the like. The response to their creation says which one it is. */
function credentials(kind: string, word: string): Describers {
  const article = word === 'SSH key' ? 'an' : 'a';
  const making = (verb: 'create' | 'upload') =>
    about(userOrCaller, (user, event) => {
      const credential = credentialOf(event, word);
      return {
        verb,
        object: `${credential?.text ?? `${article} ${word}`} for ${nameOf(user, event)}${serviceText(event)}`,
        ...resourcesOf(user, credential),
        begins: credential === undefined ? [] : [stateOf(credential, 'exists')],
      };
    });
  return {
    [`Create${kind}`]: making('create'),
    [`Upload${kind}`]: making('upload'),
    [`Update${kind}`]: about(userOrCaller, (user, event) => {
      const credential = credentialOf(event, word);
      const active = textMember(event.requestParameters, 'status')?.toLowerCase() === 'active';
      const off = credential === undefined ? [] : [stateOf(credential, 'inactive')];
      const on = credential === undefined ? [] : [stateOf(credential, 'active again')];
      return {
        verb: active ? 'switch on' : 'switch off',
        object: `${credential?.text ?? `${article} ${word}`} of ${user.text}`,
        ...resourcesOf(user, credential),
        ...(active ? { begins: on, ends: off } : { begins: off, ends: on, onlyLimits: true }),
      };
    }),
    [`Delete${kind}`]: about(userOrCaller, (user, event) => {
      const credential = credentialOf(event, word);
      return {
        verb: 'delete',
        object: `${credential?.text ?? `${article} ${word}`} of ${user.text}`,
        ...resourcesOf(user, credential),
        removes: credential === undefined ? [] : [credential.key],
      };
    }),
  };
}

function resourcesOf(
  user: Subject,
  credential: Subject | undefined,
): { readonly resources: readonly ChangedResource[] } {
  return { resources: [user.resource, ...(credential === undefined ? [] : [credential.resource])] };
}

const CREDENTIAL_IDS = [
  'accessKeyId',
  'sSHPublicKeyId',
  'sshPublicKeyId',
  'SSHPublicKeyId',
  'certificateId',
  'serviceSpecificCredentialId',
];

function credentialOf(
  { requestParameters, responseElements }: ChangeEvent,
  word: string,
): Subject | undefined {
  const answers = [
    'accessKey',
    'sSHPublicKey',
    'sshPublicKey',
    'SSHPublicKey',
    'certificate',
    'serviceSpecificCredential',
  ].map((name) => memberOf(responseElements, name) ?? null);
  const id = [requestParameters, ...answers]
    .map((value) => firstText(value, ...CREDENTIAL_IDS))
    .find((text) => text !== undefined);
  return id === undefined ? undefined : subjectOf(word, id);
}

function serviceText({ requestParameters }: ChangeEvent): string {
  const service = textMember(requestParameters, 'serviceName');
  return service === undefined ? '' : ` to sign in to ${shortened(service)}`;
}

function deviceText(event: ChangeEvent): string {
  return mfaDeviceOf(event)?.text ?? 'MFA device';
}

function mfaDeviceOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const name =
    firstText(requestParameters, 'serialNumber', 'virtualMFADeviceName') ??
    textOf(memberAt(responseElements, 'virtualMFADevice', 'serialNumber'));
  return name === undefined ? undefined : subjectOf('MFA device', lastPart(name));
}
