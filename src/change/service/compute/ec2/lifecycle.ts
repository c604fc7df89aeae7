/** Resources of EC2 that are created and deleted: networks, gateways, volumes. */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { listed, phrase } from '../../../sentence.js';
import {
  details,
  foreignKey,
  nameKey,
  nameTagOf,
  otherAccount,
  quoted,
  resource,
  shortId,
  shortIds,
  type Detail,
} from './details.js';
import { launchText } from './instance/launch.js';
import { field, list, requestOf, responseOf, text, texts } from '../../../request/ec2-shape.js';

interface Kind {
  readonly type: string;
  /** The members that may identify it, the ID first. */
  readonly ids: readonly string[];
  readonly details?: readonly Detail[];
  /** The member of the response that has it, if not the noun of the call. */
  readonly made?: string;
  /** The member with the account that the resource connects with. */
  readonly account?: string;
  /** What else the sentence says of a new one. */
  readonly more?: (request: Json) => string;
}

const inVpc: Detail = ['in', 'vpcId'];

/** By the name that the calls have: `CreateVpc`, `DeleteVpc`. */
const KINDS: Readonly<Record<string, Kind>> = {
  CarrierGateway: { type: 'carrier gateway', ids: ['carrierGatewayId'], details: [inVpc] },
  ClientVpnEndpoint: {
    type: 'client VPN endpoint',
    ids: ['clientVpnEndpointId'],
    details: [['for', 'clientCidrBlock'], inVpc],
  },
  CustomerGateway: {
    type: 'customer gateway',
    ids: ['customerGatewayId'],
    details: [['at', 'ipAddress', 'publicIp', 'deviceName']],
  },
  DhcpOptions: { type: 'DHCP options', ids: ['dhcpOptionsId'], more: dhcpText },
  EgressOnlyInternetGateway: {
    type: 'egress-only internet gateway',
    ids: ['egressOnlyInternetGatewayId'],
    details: [inVpc],
  },
  FpgaImage: { type: 'FPGA image', ids: ['fpgaImageId'] },
  InstanceConnectEndpoint: {
    type: 'instance connect endpoint',
    ids: ['instanceConnectEndpointId'],
    details: [['in', 'subnetId']],
  },
  InternetGateway: { type: 'internet gateway', ids: ['internetGatewayId'] },
  KeyPair: { type: 'key pair', ids: ['keyName', 'keyPairId'], details: [['of type', 'keyType']] },
  LaunchTemplate: {
    type: 'launch template',
    ids: ['launchTemplateId', 'launchTemplateName'],
    more: (request) => templateText(request),
  },
  ManagedPrefixList: {
    type: 'prefix list',
    ids: ['prefixListId', 'prefixListName'],
    made: 'prefixList',
  },
  NatGateway: {
    type: 'NAT gateway',
    ids: ['natGatewayId'],
    details: [
      ['in', 'subnetId'],
      ['with', 'allocationId'],
    ],
  },
  NetworkAcl: { type: 'network ACL', ids: ['networkAclId'], details: [inVpc] },
  NetworkInterface: {
    type: 'network interface',
    ids: ['networkInterfaceId'],
    details: [['in', 'subnetId']],
  },
  RouteTable: { type: 'route table', ids: ['routeTableId'], details: [inVpc] },
  Snapshot: { type: 'snapshot', ids: ['snapshotId'], details: [['of', 'volumeId']] },
  Subnet: {
    type: 'subnet',
    ids: ['subnetId'],
    details: [['', 'cidrBlock', 'ipv6CidrBlock'], inVpc],
  },
  TrafficMirrorFilter: { type: 'traffic mirror filter', ids: ['trafficMirrorFilterId'] },
  TrafficMirrorSession: {
    type: 'traffic mirror session',
    ids: ['trafficMirrorSessionId'],
    details: [
      ['from', 'networkInterfaceId'],
      ['to', 'trafficMirrorTargetId'],
    ],
  },
  TrafficMirrorTarget: {
    type: 'traffic mirror target',
    ids: ['trafficMirrorTargetId'],
    details: [['at', 'networkInterfaceId', 'networkLoadBalancerArn']],
  },
  TransitGateway: { type: 'transit gateway', ids: ['transitGatewayId'] },
  TransitGatewayPeeringAttachment: {
    type: 'transit gateway peering',
    ids: ['transitGatewayAttachmentId'],
    details: [
      ['of', 'transitGatewayId'],
      ['to', 'peerTransitGatewayId'],
      ['in', 'peerRegion'],
    ],
    account: 'peerAccountId',
  },
  TransitGatewayRouteTable: {
    type: 'transit gateway route table',
    ids: ['transitGatewayRouteTableId'],
    details: [['in', 'transitGatewayId']],
  },
  TransitGatewayVpcAttachment: {
    type: 'transit gateway attachment',
    ids: ['transitGatewayAttachmentId'],
    details: [
      ['of', 'vpcId'],
      ['to', 'transitGatewayId'],
    ],
  },
  Volume: {
    type: 'volume',
    ids: ['volumeId'],
    details: [
      ['from', 'snapshotId'],
      ['in', 'availabilityZone', 'zone'],
    ],
  },
  Vpc: { type: 'VPC', ids: ['vpcId'], details: [['', 'cidrBlock', 'ipv6CidrBlock']] },
  VpcPeeringConnection: {
    type: 'VPC peering',
    ids: ['vpcPeeringConnectionId'],
    details: [
      ['of', 'vpcId'],
      ['to', 'peerVpcId'],
      ['in', 'peerRegion'],
    ],
    account: 'peerOwnerId',
  },
  VpnConnection: {
    type: 'VPN connection',
    ids: ['vpnConnectionId'],
    details: [
      ['from', 'customerGatewayId'],
      ['to', 'vpnGatewayId', 'transitGatewayId'],
    ],
  },
  VpnGateway: { type: 'VPN gateway', ids: ['vpnGatewayId'] },
};

export const lifecycles: Describers = {
  ...Object.fromEntries(
    Object.entries(KINDS).flatMap(([noun, kind]) => [
      [`Create${noun}`, (event: ChangeEvent) => describeCreation(event, noun, kind)],
      [`Delete${noun}`, (event: ChangeEvent) => describeDeletion(event, kind)],
    ]),
  ),
  CreateLaunchTemplateVersion: describeTemplateVersion,
};

/** Whoever names the servers may send all names of a network elsewhere. */
function dhcpText(request: Json): string {
  const options = list(request, 'dhcpConfigurationSet', 'dhcpConfiguration', 'dhcpConfigurations');
  const said = options.flatMap((option) => {
    const values = texts(list(option, 'valueSet', 'value', 'values'), 'value');
    const key = text(option, 'key');
    return key === undefined ? [] : [`${shortId(key)} ${shortIds(values)}`];
  });
  return said.length === 0 ? '' : `with ${listed(said, ', ', 4)}`;
}

function templateText(request: Json): string {
  const data = launchText(field(request, 'launchTemplateData'));
  return data === '' ? '' : `for ${data}`;
}

/** Instances that a group or a fleet launches may come from the newest version. */
function describeTemplateVersion(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'launchTemplateId', 'launchTemplateName');
  if (id === undefined) return undefined;
  const made = text(field(responseOf(event), 'launchTemplateVersion'), 'versionNumber');
  return {
    verb: 'create',
    object: phrase(
      'version',
      made && shortId(made),
      `of launch template ${shortId(id)}`,
      templateText(request),
      details(request, [['like version', 'sourceVersion']]),
    ),
    resources: [resource('launch template', id)],
  };
}

function describeCreation(event: ChangeEvent, noun: string, kind: Kind): Description {
  const request = requestOf(event);
  const response = responseOf(event);
  // The response has the new resource in a member of its own, or is the resource.
  const member = kind.made ?? noun.charAt(0).toLowerCase() + noun.slice(1);
  const made = field(response, member) ?? response;
  const [id, other] = idsIn(kind, made, request);
  const [key, otherKey] = keysIn(kind, made, request);
  const name = nameTagOf(request);
  const account =
    kind.account === undefined ? undefined : otherAccount(request, event, kind.account);
  return {
    verb: 'create',
    object: phrase(
      kind.type,
      id && shortId(id),
      quoted(name ?? other),
      details(request, kind.details ?? []),
      account && `of account ${account}`,
      foreignKey(request, event),
      kind.more?.(request),
    ),
    resources: id === undefined ? [] : [resource(kind.type, id, name ?? other)],
    grantees: account === undefined ? [] : [account],
    begins:
      key === undefined
        ? []
        : [{ resource: key, what: 'exists', ...(otherKey !== undefined && { part: otherKey }) }],
  };
}

function describeDeletion(event: ChangeEvent, kind: Kind): Description | undefined {
  const [id] = idsIn(kind, requestOf(event));
  if (id === undefined) return undefined;
  return {
    verb: 'delete',
    object: phrase(kind.type, shortId(id)),
    resources: [resource(kind.type, id)],
    removes: keysIn(kind, requestOf(event)),
  };
}

type Values = readonly Parameters<typeof text>[0][];

/** The ID, and the name if it identifies too. */
function idsIn({ ids }: Kind, ...values: Values): readonly string[] {
  return ids.flatMap((name) => firstIn(values, name) ?? []);
}

/** What states name. */
function keysIn({ ids, type }: Kind, ...values: Values): readonly string[] {
  return ids.flatMap((name) => {
    const found = firstIn(values, name);
    if (found === undefined) return [];
    return name.endsWith('Name') ? nameKey(type, found) : found;
  });
}

function firstIn(values: Values, name: string): string | undefined {
  return values.flatMap((value) => text(value, name) ?? [])[0];
}
