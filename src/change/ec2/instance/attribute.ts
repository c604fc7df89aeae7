/** Attributes of instances: protection, user data, role, metadata, security groups; and what else is modified in place. */
import type { Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import type { Describers } from '../../describe.js';
import { phrase } from '../../sentence.js';
import { resource, shortId, shortIds } from '../details.js';
import { field, flag, list, requestOf, responseOf, text, texts } from '../shape.js';

const TYPE = 'instance';

export const instanceAttributes: Describers = {
  ModifyInstanceAttribute: describeAttribute,
  ModifyInstanceMetadataOptions: describeMetadata,
  ModifyInstanceMetadataDefaults: describeMetadata,
  AssociateIamInstanceProfile: describeProfile,
  ReplaceIamInstanceProfileAssociation: describeProfile,
  DisassociateIamInstanceProfile: describeProfileEnd,
  ModifyNetworkInterfaceAttribute: describeInterface,
};

/** Attributes that protect: false switches the protection off. */
const PROTECTIONS: Readonly<Record<string, string>> = {
  disableApiTermination: 'termination protection',
  disableApiStop: 'stop protection',
  sourceDestCheck: 'source and destination check',
};

function describeAttribute(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'instanceId');
  if (id === undefined) return undefined;
  const resources = [resource(TYPE, id)];
  const changed = protectionChange(request, id) ?? groupsChange(request, id);
  if (changed !== undefined) return { ...changed, resources };
  if (field(request, 'userData') !== undefined || text(request, 'attribute') === 'userData')
    return { verb: 'change', object: `the user data (start script) of ${shortId(id)}`, resources };
  const type = text(request, 'instanceType');
  if (type === undefined) return undefined;
  return { verb: 'change', object: `the type of ${shortId(id)} to ${shortId(type)}`, resources };
}

function describeInterface(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'networkInterfaceId');
  if (id === undefined) return undefined;
  const changed = protectionChange(request, id) ?? groupsChange(request, id);
  return changed && { ...changed, resources: [resource('network interface', id)] };
}

function protectionChange(request: Json, id: string): Description | undefined {
  for (const [name, words] of Object.entries(PROTECTIONS)) {
    const on = flag(request, name);
    if (on !== undefined) return switchOf(on, { resource: id, what: `${words} off` }, words);
  }
  return undefined;
}

function switchOf(on: boolean, state: State, words: string): Description {
  return {
    verb: on ? 'switch on' : 'switch off',
    object: `${words} of ${shortId(state.resource)}`,
    ...(on ? { ends: [state] } : { begins: [state] }),
  };
}

function groupsChange(request: Json, id: string): Description | undefined {
  const groups = texts(list(request, 'groupSet', 'groupId', 'groups'), 'groupId');
  if (groups.length === 0) return undefined;
  return { verb: 'set', object: `the security groups of ${shortId(id)} to ${shortIds(groups)}` };
}

/** IMDSv1 gives the credentials of the instance's role to whoever makes the instance fetch an address. */
function describeMetadata(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'instanceId');
  const where =
    id === undefined
      ? `by default in ${shortId(event.awsRegion ?? 'the region')}`
      : `on ${shortId(id)}`;
  const state = {
    resource: id ?? regionOf(event),
    what: 'IMDSv1 allowed',
  };
  const resources = id === undefined ? [] : [resource(TYPE, id)];
  const endpoint = text(request, 'httpEndpoint');
  if (endpoint === 'disabled')
    return { verb: 'switch off', object: `instance metadata ${where}`, resources, ends: [state] };
  const tokens = text(request, 'httpTokens');
  if (tokens === 'optional')
    return { verb: 'allow', object: `IMDSv1 ${where}`, resources, begins: [state] };
  if (tokens === 'required')
    return { verb: 'require', object: `IMDSv2 ${where}`, resources, ends: [state] };
  return undefined;
}

function describeProfile(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const answer = field(responseOf(event), 'iamInstanceProfileAssociation');
  const profile = text(field(request, 'iamInstanceProfile'), 'name', 'arn');
  const id = text(request, 'instanceId') ?? text(answer, 'instanceId');
  const association = text(answer, 'associationId');
  const replaced = text(request, 'associationId');
  if (profile === undefined) return undefined;
  return {
    verb: 'give',
    object: phrase(
      id === undefined ? `association ${shortId(replaced ?? '')}` : shortId(id),
      `instance profile ${shortId(profile)}`,
    ),
    resources: id === undefined ? [] : [resource(TYPE, id)],
    begins:
      id === undefined
        ? []
        : [
            {
              resource: id,
              what: `has instance profile ${shortId(profile)}`,
              ...(association !== undefined && { part: association }),
            },
          ],
    // Another profile has an association of its own.
    removes: replaced === undefined ? [] : [replaced],
  };
}

function describeProfileEnd(event: ChangeEvent): Description | undefined {
  const association = text(requestOf(event), 'associationId');
  const answer = field(responseOf(event), 'iamInstanceProfileAssociation');
  const id = text(answer, 'instanceId');
  if (association === undefined) return undefined;
  return {
    verb: 'take',
    object: phrase(
      'the instance profile from',
      id === undefined ? shortId(association) : shortId(id),
    ),
    resources: id === undefined ? [] : [resource(TYPE, id)],
    removes: [association],
  };
}

/** Names what holds for a whole account and region. */
function regionOf({ recipientAccountId, awsRegion }: ChangeEvent): string {
  return phrase(recipientAccountId ?? undefined, awsRegion ?? undefined);
}
