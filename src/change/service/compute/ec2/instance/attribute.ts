/** Attributes of instances: protection, user data, role, metadata, security groups; and what else is modified in place. */
import type { Json } from '../../../../../cloudtrail/json.js';
import type { ChangedResource, ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import type { Verb } from '../../../../verb.js';
import { resource, shortId, shortIds } from '../details.js';
import {
  field,
  flag,
  list,
  requestOf,
  responseOf,
  text,
  texts,
} from '../../../../request/ec2-shape.js';

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

interface Protection {
  readonly name: string;
  /** Whether a new instance has it: switching it on then puts the default back. */
  readonly isDefault?: true;
}

/** Attributes that protect: false switches the protection off. */
const PROTECTIONS: Readonly<Record<string, Protection>> = {
  disableApiTermination: { name: 'termination protection' },
  disableApiStop: { name: 'stop protection' },
  sourceDestCheck: { name: 'source and destination check', isDefault: true },
};

function describeAttribute(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'instanceId');
  if (id === undefined) return undefined;
  const type = text(request, 'instanceType');
  const userData =
    field(request, 'userData') !== undefined || text(request, 'attribute') === 'userData';
  return together(resource(TYPE, id), [
    ...protectionChanges(request, id),
    ...groupsChange(request),
    ...(userData ? [partOf('change', 'user data (start script)')] : []),
    ...(type === undefined ? [] : [partOf('change', 'type', shortId(type))]),
  ]);
}

function describeInterface(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'networkInterfaceId');
  if (id === undefined) return undefined;
  return together(resource('network interface', id), [
    ...protectionChanges(request, id),
    ...groupsChange(request),
  ]);
}

/** One of the attributes that a call changes. */
interface Part extends Pick<Description, 'begins' | 'ends'> {
  readonly verb: Verb;
  readonly name: string;
  /** What it becomes, if the verb does not say that. */
  readonly to?: string;
}

function partOf(verb: Verb, name: string, to?: string): Part {
  return { verb, name, ...(to !== undefined && { to }) };
}

function together(changed: ChangedResource, parts: readonly Part[]): Description | undefined {
  const [part, ...others] = parts;
  if (part === undefined) return undefined;
  const id = shortId(changed.id);
  const one = {
    verb: part.verb,
    object: phrase(
      SWITCHED[part.verb] === undefined ? 'the' : '',
      part.name,
      'of',
      id,
      part.to && `to ${part.to}`,
    ),
  };
  const all = parts.map(({ verb, name, to }) => phrase(name, SWITCHED[verb] ?? to));
  return {
    ...(others.length === 0 ? one : { verb: 'change', object: `${id}: ${all.join(', ')}` }),
    resources: [changed],
    begins: parts.flatMap(({ begins = [] }) => begins),
    ends: parts.flatMap(({ ends = [] }) => ends),
  };
}

const SWITCHED: Readonly<Partial<Record<Verb, string>>> = {
  'switch on': 'on',
  'switch off': 'off',
};

function protectionChanges(request: Json, id: string): readonly Part[] {
  return Object.entries(PROTECTIONS).flatMap(
    ([attribute, { name, isDefault }]): readonly Part[] => {
      // The older parameters name the attribute apart.
      const on =
        flag(request, attribute) ??
        (text(request, 'attribute') === attribute ? flag(request, 'value') : undefined);
      if (on === undefined) return [];
      const state = (word: 'on' | 'off') => [{ resource: id, what: `${name} ${word}` }];
      // Off, it no longer keeps the instance; on, it keeps one that an intruder runs.
      const kept = isDefault === true ? [] : state('on');
      return on
        ? [{ verb: 'switch on', name, begins: kept, ends: state('off') }]
        : [{ verb: 'switch off', name, begins: state('off'), ends: kept }];
    },
  );
}

function groupsChange(request: Json): readonly Part[] {
  const groups = texts(list(request, 'groupSet', 'groupId', 'groups'), 'groupId');
  return groups.length === 0 ? [] : [partOf('set', 'security groups', shortIds(groups))];
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
              what: `has instance profile ${profile}`,
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
    verb: 'remove',
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
