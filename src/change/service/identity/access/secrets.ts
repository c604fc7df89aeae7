/** Secrets Manager: secrets, who may read them, and where copies of them are. */
import { accountsIn } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { detail, names, resourceName, textsIn } from '../../../request/call.js';
import { policyDeleted, policyGiven } from '../../../policy/resource.js';
import { firstText, flagMember, itemsOf, memberOf, textMember } from '../../../request/request.js';
import {
  about,
  created,
  deleted,
  DELETION,
  stateOf,
  type Subject,
  subjectOf,
} from '../../../request/subject.js';

const ROTATION_OFF = 'rotation off';

export const secrets: Describers = {
  CreateSecret: about(secretOf, (secret) => created(secret)),
  PutSecretValue: about(secretOf, (secret) => ({ verb: 'set', object: `value of ${secret.text}` })),
  UpdateSecret: about(secretOf, (secret, { requestParameters: request, recipientAccountId }) => {
    const key = textMember(request, 'kmsKeyId');
    const [owner] = accountsIn([key ?? ''], recipientAccountId);
    const text = `${detail(', encrypted with key ', key)}${detail(' of account ', owner)}`;
    return { verb: 'change', object: `${secret.text}${text}` };
  }),
  UpdateSecretVersionStage: about(secretOf, (secret, { requestParameters: request }) => ({
    verb: 'change',
    object: `which version of ${secret.text} is${detail(' ', textMember(request, 'versionStage'))}`,
  })),
  DeleteSecret: about(secretOf, (secret, { requestParameters: request }) => {
    if (flagMember(request, 'forceDeleteWithoutRecovery') === true)
      return { ...deleted(secret), object: `${secret.text}, without recovery` };
    const days = textMember(request, 'recoveryWindowInDays') ?? '30';
    return {
      verb: 'delete',
      object: `${secret.text}, to be restored within ${days.slice(0, 10)} days`,
      // The secret still exists: if somebody restores it, it has its policy as before.
      begins: [stateOf(secret, DELETION)],
    };
  }),
  // What the service reports of its own work, after `DeleteSecret`.
  StartSecretVersionDelete: about(deletedSecretOf, (secret) => ({
    verb: 'start',
    object: `deletion of ${secret.text}`,
  })),
  EndSecretVersionDelete: about(deletedSecretOf, (secret) => ({
    ...deleted(secret),
    object: `${secret.text} for good`,
  })),
  RestoreSecret: about(secretOf, (secret) => ({
    verb: 'restore',
    object: secret.text,
    ends: [stateOf(secret, DELETION)],
  })),
  GetSecretValue: about(secretOf, (secret) => ({ verb: 'read', object: secret.text })),
  BatchGetSecretValue: readSeveral,
  PutResourcePolicy: about(secretOf, (secret, { requestParameters: request, recipientAccountId }) =>
    policyGiven(secret, memberOf(request, 'resourcePolicy') ?? null, recipientAccountId),
  ),
  DeleteResourcePolicy: about(secretOf, policyDeleted),
  ReplicateSecretToRegions: about(secretOf, (secret, { requestParameters: request }) => {
    const regions = itemsOf(memberOf(request, 'addReplicaRegions')).flatMap(
      (item) => textMember(item, 'region') ?? [],
    );
    return {
      verb: 'copy',
      object: `${secret.text} to ${names(regions)}`,
      begins: regions.map((region) => stateOf(secret, `copied to ${region}`)),
    };
  }),
  RemoveRegionsFromReplication: about(secretOf, (secret, { requestParameters: request }) => {
    const regions = textsIn(request, 'removeReplicaRegions');
    return {
      verb: 'delete',
      object: `copies of ${secret.text} in ${names(regions)}`,
      ends: regions.map((region) => stateOf(secret, `copied to ${region}`)),
    };
  }),
  StopReplicationToReplica: about(secretOf, (secret) => ({
    verb: 'detach',
    object: `${secret.text} from its original: it is a secret of its own`,
  })),
  RotateSecret: about(secretOf, (secret, { requestParameters: request, recipientAccountId }) => {
    const lambda = textMember(request, 'rotationLambdaARN');
    const [owner] = accountsIn([lambda ?? ''], recipientAccountId);
    const by = lambda === undefined ? undefined : names([resourceName(lambda)]);
    return {
      verb: 'rotate',
      object: `${secret.text}${detail(' by function ', by)}${detail(' of account ', owner)}`,
      // The function reads each new value of the secret.
      grantees: owner === undefined ? [] : [owner],
      begins:
        owner === undefined
          ? []
          : [
              {
                ...stateOf(secret, `rotated by a function of account ${owner}`),
                part: rotationOf(secret),
              },
            ],
      ends: [stateOf(secret, ROTATION_OFF)],
      // Without a function, the secret keeps the one that it has.
      removes: lambda === undefined ? [] : [rotationOf(secret)],
    };
  }),
  CancelRotateSecret: about(secretOf, (secret) => ({
    verb: 'switch off',
    object: `rotation of ${secret.text}`,
    begins: [stateOf(secret, ROTATION_OFF)],
    removes: [rotationOf(secret)],
  })),
};

function rotationOf({ key }: Subject): string {
  return `rotation of ${key}`;
}

/** By name, which the response has. The ARN of a secret has six random characters more, which a request may leave out. */
function secretOf({
  requestParameters: request,
  responseElements,
}: ChangeEvent): Subject | undefined {
  const id = firstText(request, 'secretId', 'name');
  if (id === undefined) return undefined;
  const name = resourceName(id);
  if (name === id) return subjectOf('secret', id);
  // Any word of six letters may be the random ones, but the name of a secret often ends in this one.
  const whole = name.endsWith('-secret') ? name : name.replace(/-[A-Za-z0-9]{6}$/, '');
  return subjectOf('secret', firstText(responseElements, 'name') ?? whole);
}

/** Nobody asked for it, so only the service says which secret it is. */
function deletedSecretOf({ additionalEventData, ...event }: ChangeEvent): Subject | undefined {
  const name = firstText(additionalEventData, 'Name', 'name');
  const secretId = name ?? firstText(additionalEventData, 'ARN', 'arn');
  const requestParameters = secretId === undefined ? null : { secretId };
  const found = secretOf({ ...event, additionalEventData, requestParameters });
  return name === undefined ? found : subjectOf('secret', name);
}

function readSeveral({ requestParameters: request }: ChangeEvent): Description {
  const ids = textsIn(request, 'secretIdList');
  const filters = itemsOf(memberOf(request, 'filters')).map(
    (filter) => `${textMember(filter, 'key') ?? ''} ${textsIn(filter, 'values').join(', ')}`,
  );
  if (ids.length > 0) return { verb: 'read', object: `secrets ${names(ids.map(resourceName))}` };
  const which = filters.length === 0 ? 'all secrets' : `secrets with ${names(filters)}`;
  return { verb: 'read', object: `${which}, several at once` };
}
