/** GuardDuty: whether it watches, what it leaves out, and which findings nobody will see. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  flagMember,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import {
  about,
  answeredCreation,
  answeredText,
  created,
  deletion,
  namedInCall,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { membersText } from './members.js';
import { offState } from './off.js';
import { otherSettings } from '../../../request/settings.js';

const detectorOf = namedInCall('detector', 'detectorId');
/** What the sentence on a detector has in words. */
const SAID = [
  'detectorId',
  'accountIds',
  'enable',
  'features',
  'dataSources',
  'autoEnable',
  'autoEnableOrganizationMembers',
];

export const guardDuty: Describers = {
  CreateDetector: about(detectorOf, (detector, event) => {
    const off = offState(event, 'GuardDuty');
    if (flagMember(event.requestParameters, 'enable') !== false)
      return { ...created(detector, ', which switches GuardDuty on'), ends: [off] };
    return { ...created(detector, ', off'), begins: [stateOf(detector, 'exists'), off] };
  }),
  DeleteDetector: about(detectorOf, (detector, event) => ({
    verb: 'delete',
    object: `${detector.text}, and with it GuardDuty in the region and its findings`,
    begins: [offState(event, 'GuardDuty')],
    ends: [stateOf(detector, 'exists')],
    removes: [detector.key],
  })),
  UpdateDetector: about(detectorOf, describeDetector),
  UpdateMemberDetectors: about(detectorOf, describeDetector),
  UpdateOrganizationConfiguration: about(detectorOf, describeDetector),
  ...suppressions('Filter', 'filter', 'filterName'),
  ...suppressions('IPSet', 'trusted IP list', 'ipSetId'),
  ...suppressions('ThreatIntelSet', 'threat list', 'threatIntelSetId'),
  ...suppressions('TrustedEntitySet', 'trusted entity list', 'trustedEntitySetId'),
  ...suppressions('ThreatEntitySet', 'threat entity list', 'threatEntitySetId'),
  CreatePublishingDestination: about(detectorOf, describeDestination('create')),
  UpdatePublishingDestination: about(detectorOf, describeDestination('change')),
  DeletePublishingDestination: about(detectorOf, describeDestination('delete')),
  ArchiveFindings: about(detectorOf, (detector, event) => ({
    verb: 'archive',
    object: `${countText(event)} of ${detector.text}`,
  })),
  UnarchiveFindings: about(detectorOf, (detector, event) => ({
    verb: 'restore',
    object: `${countText(event)} of ${detector.text} from the archive`,
  })),
  StopMonitoringMembers: (event) => ({
    verb: 'stop',
    object: `GuardDuty's monitoring of ${membersText(event)}`,
  }),
  StartMonitoringMembers: (event) => ({
    verb: 'start',
    object: `GuardDuty's monitoring of ${membersText(event)}`,
  }),
};

function describeDetector(detector: Subject, event: ChangeEvent): Description {
  const { requestParameters: request, eventName } = event;
  const of = eventName === 'UpdateMemberDetectors' ? ` for ${membersText(event)}` : '';
  const enable = flagMember(request, 'enable');
  const sources = sourcesIn(request);
  const off = sources.filter(({ on }) => !on).map(({ name }) => `${name} off`);
  const on = sources.filter((source) => source.on).map(({ name }) => `${name} on`);
  const said = [...forAccounts(request), ...off, ...on, ...otherSettings(event, SAID)];
  const text = said.length === 0 ? '' : `: ${listed(said, ', ', 6)}`;
  const state = offState(event, `GuardDuty${of}`);
  const begins = off.map((what) => stateOf(detector, `${what}${of}`));
  const ends = sources.flatMap((source) =>
    source.on ? stateOf(detector, `${source.name} off${of}`) : [],
  );
  if (enable === false)
    return {
      verb: 'switch off',
      object: `GuardDuty (${detector.text})${of}${text}`,
      begins: [state, ...begins],
      ends,
    };
  if (enable === true && off.length === 0)
    return {
      verb: 'switch on',
      object: `GuardDuty (${detector.text})${of}${text}`,
      begins,
      ends: [state, ...ends],
    };
  return { verb: 'change', object: `${detector.text}${of}${text}`, begins, ends };
}

/** Whether the accounts of the organization get GuardDuty by themselves. */
function forAccounts(request: Json): readonly string[] {
  const setting = textMember(request, 'autoEnableOrganizationMembers');
  const older = flagMember(request, 'autoEnable');
  switch (setting ?? (older === undefined ? undefined : older ? 'NEW' : 'NONE')) {
    case undefined:
      return [];
    case 'ALL':
      return ['on by itself in all accounts'];
    case 'NEW':
      return ['on by itself in new accounts'];
    case 'NONE':
      return ['on by itself in no account'];
    default:
      return [`on by itself: ${shortened(setting ?? '')}`];
  }
}

/** What GuardDuty reads, and whether the request switches it on: features, or the data sources that were before them. */
function sourcesIn(request: Json): readonly { readonly name: string; readonly on: boolean }[] {
  const features = listOf(memberOf(request, 'features')).flatMap((feature) => [
    feature,
    ...listOf(memberOf(feature, 'additionalConfiguration')),
  ]);
  const newer = features.flatMap((feature) => {
    const name = textMember(feature, 'name');
    const status = textMember(feature, 'status') ?? textMember(feature, 'autoEnable');
    return name === undefined || status === undefined
      ? []
      : [{ name: shortened(name), on: status !== 'DISABLED' && status !== 'NONE' }];
  });
  const older = [
    ['s3Logs', 'S3 logs'],
    ['kubernetes', 'Kubernetes audit logs', 'auditLogs'],
    ['malwareProtection', 'search for malware', 'scanEc2InstanceWithFindings', 'ebsVolumes'],
  ].flatMap(([source = '', name = '', ...path]) => {
    const given = memberAt(request, 'dataSources', source, ...path) ?? null;
    // A detector has `enable`, and an organization `autoEnable`.
    const value = textOf(given) ?? firstText(given, 'enable', 'autoEnable');
    return value === undefined ? [] : [{ name, on: value !== 'false' }];
  });
  return [...newer, ...older];
}

/** Lists and filters that keep findings from people. A list has an ID, which the answer to its creation gives. */
function suppressions(kind: string, word: string, member: string): Describers {
  const find = namedInCall(word, member, 'name');
  return {
    [`Create${kind}`]: answeredCreation(namedInCall(word, 'name'), [member], listText),
    [`Update${kind}`]: about(find, (list, event) => ({
      verb: 'change',
      object: `${list.text}${listText(event)}`,
    })),
    [`Delete${kind}`]: deletion(find),
  };
}

function listText({ requestParameters: request }: ChangeEvent): string {
  const action = textMember(request, 'action');
  const criteria = memberAt(request, 'findingCriteria', 'criterion') ?? null;
  const fields = isObject(criteria) ? Object.keys(criteria).map((field) => shortened(field)) : [];
  const location = textMember(request, 'location');
  const active = flagMember(request, 'activate');
  const parts = [
    action === 'ARCHIVE' ? ['it archives findings'] : [],
    fields.length === 0 ? [] : [`by ${listed(fields, ', ', 4)}`],
    location === undefined ? [] : [`from ${shortened(location, 120)}`],
    active === undefined ? [] : [active ? 'active' : 'not active'],
  ].flat();
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function describeDestination(verb: 'create' | 'change' | 'delete') {
  return (
    detector: Subject,
    { requestParameters: request, responseElements }: ChangeEvent,
  ): Description => {
    const arn = textOf(memberAt(request, 'destinationProperties', 'destinationArn'));
    const id =
      textMember(request, 'destinationId') ?? answeredText(responseElements, ['destinationId']);
    const destination = id === undefined ? undefined : subjectOf('publishing destination', id);
    const name = id === undefined ? '' : ` ${shortened(id)}`;
    const to = arn === undefined ? '' : `: ${shortened(arn, 120)}`;
    return {
      verb,
      object: `publishing destination${name} of ${detector.text}${to}`,
      resources:
        destination === undefined ? [detector.resource] : [detector.resource, destination.resource],
      ...(destination !== undefined && verb === 'create'
        ? { begins: [stateOf(destination, 'exists')] }
        : {}),
      ...(destination !== undefined && verb === 'delete' ? { removes: [destination.key] } : {}),
    };
  };
}

function countText({ requestParameters }: ChangeEvent): string {
  const count = listOf(memberOf(requestParameters, 'findingIds')).length;
  return count === 1 ? '1 finding' : `${count} findings`;
}
