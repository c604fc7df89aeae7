/** Hosted zones of Route 53, the networks that may ask them, and their signatures. */
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { changing } from '../../../request/call.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  alteration,
  answeredCreation,
  created,
  deletion,
  lastPart,
  namedInCall,
  stateOf,
  subjectOf,
  switchOff,
  switchOn,
  type Subject,
} from '../../../request/subject.js';
import { describeRecords } from './records.js';

const SIGNATURES = 'DNSSEC off';
const signing = ({ text }: Subject): string => `DNSSEC of ${text}`;

export const zones: Describers = {
  ChangeResourceRecordSets: about(zoneOf, describeRecords),
  CreateHostedZone: about(newZoneOf, (zone, { requestParameters }) => {
    const name = textMember(requestParameters, 'name')?.replace(/\.$/, '');
    const isPrivate =
      textOf(memberAt(requestParameters, 'hostedZoneConfig', 'privateZone')) === 'true';
    return created(
      zone,
      `${name === undefined ? '' : ` for ${shortened(name, 80)}`}${isPrivate ? ', private' : ''}`,
    );
  }),
  DeleteHostedZone: deletion(zoneOf),
  UpdateHostedZoneComment: alteration(zoneOf, ({ text }) => `comment of ${text}`),
  AssociateVPCWithHostedZone: about(zoneOf, (zone, event) => ({
    verb: 'let',
    object: `${vpcText(event)} ask ${zone.text}`,
    begins: [stateOf(zone, `asked by ${vpcText(event)}`)],
  })),
  DisassociateVPCFromHostedZone: about(zoneOf, (zone, event) => ({
    verb: 'disassociate',
    object: `${vpcText(event)} from ${zone.text}`,
    ends: [stateOf(zone, `asked by ${vpcText(event)}`)],
  })),
  CreateVPCAssociationAuthorization: about(zoneOf, (zone, event) => ({
    verb: 'allow',
    object: `${vpcText(event)}, of any account, to be associated with ${zone.text}`,
    begins: [stateOf(zone, `may be associated with ${vpcText(event)}`)],
  })),
  DeleteVPCAssociationAuthorization: about(zoneOf, (zone, event) => ({
    verb: 'revoke',
    object: `that ${vpcText(event)} may be associated with ${zone.text}`,
    ends: [stateOf(zone, `may be associated with ${vpcText(event)}`)],
  })),
  CreateTrafficPolicyInstance: answeredCreation(
    namedInCall('traffic policy instance', 'name'),
    ['id'],
    inZone,
  ),
  UpdateTrafficPolicyInstance: changing(namedInCall('traffic policy instance', 'id')),
  DeleteTrafficPolicyInstance: deletion(namedInCall('traffic policy instance', 'id')),
  DisableHostedZoneDNSSEC: switchOff(zoneOf, signing, SIGNATURES),
  EnableHostedZoneDNSSEC: switchOn(zoneOf, signing, SIGNATURES),
  DeactivateKeySigningKey: about(zoneOf, (zone, event) => ({
    verb: 'deactivate',
    object: `${signingKeyText(event)} of ${zone.text}`,
    begins: [stateOf(zone, `signing key ${signingKeyName(event)} not active`)],
  })),
  ActivateKeySigningKey: about(zoneOf, (zone, event) => ({
    verb: 'activate',
    object: `${signingKeyText(event)} of ${zone.text}`,
    ends: [stateOf(zone, `signing key ${signingKeyName(event)} not active`)],
  })),
  CreateKeySigningKey: about(zoneOf, (zone, event) => ({
    verb: 'create',
    object: `${signingKeyText(event)} of ${zone.text}`,
  })),
  DeleteKeySigningKey: about(zoneOf, (zone, event) => ({
    verb: 'delete',
    object: `${signingKeyText(event)} of ${zone.text}`,
  })),
  CreateQueryLoggingConfig: answeredCreation(namedInCall('query logs', 'hostedZoneId'), ['id']),
  DeleteQueryLoggingConfig: deletion(namedInCall('query logs', 'id')),
};

/** Logs of the queries that a network sends, and where they go. */
export const resolver: Describers = {
  CreateResolverQueryLogConfig: answeredCreation(namedInCall('query log', 'name'), ['id']),
  DeleteResolverQueryLogConfig: deletion(namedInCall('query log', 'resolverQueryLogConfigId')),
  AssociateResolverQueryLogConfig: about(
    namedInCall('query log', 'resolverQueryLogConfigId'),
    (log, event) => ({
      verb: 'switch on',
      object: `${log.text} of ${networkOf(event)}`,
      ends: [stateOf(log, `off for ${networkOf(event)}`)],
    }),
  ),
  DisassociateResolverQueryLogConfig: about(
    namedInCall('query log', 'resolverQueryLogConfigId'),
    (log, event) => ({
      verb: 'switch off',
      object: `${log.text} of ${networkOf(event)}`,
      begins: [stateOf(log, `off for ${networkOf(event)}`)],
    }),
  ),
};

function networkOf({ requestParameters }: ChangeEvent): string {
  return shortened(firstText(requestParameters, 'resourceId') ?? 'an unnamed network');
}

function zoneOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const id = firstText(requestParameters, 'hostedZoneId', 'id');
  return id === undefined ? undefined : subjectOf('zone', lastPart(id), 'hosted zone');
}

function newZoneOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const id =
    textOf(memberAt(responseElements, 'hostedZone', 'id')) ?? textMember(requestParameters, 'name');
  return id === undefined ? undefined : subjectOf('zone', lastPart(id), 'hosted zone');
}

function vpcText({ requestParameters }: ChangeEvent): string {
  const vpc = memberOf(requestParameters, 'vPC') ?? memberOf(requestParameters, 'vpc') ?? null;
  return shortened(firstText(vpc, 'vPCId', 'vpcId', 'VPCId') ?? 'a network');
}

function inZone({ requestParameters }: ChangeEvent): string {
  const zone = textMember(requestParameters, 'hostedZoneId');
  return zone === undefined ? '' : ` in zone ${shortened(lastPart(zone))}`;
}

function signingKeyText(event: ChangeEvent): string {
  return `signing key ${shortened(signingKeyName(event))}`;
}

function signingKeyName({ requestParameters }: ChangeEvent): string {
  return textMember(requestParameters, 'name') ?? 'without a name';
}
