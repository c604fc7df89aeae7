/** Resources of EC2 whose settings are changed: all parameters say how. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { parametersOf, parametersText } from '../../../fallback/parameters.js';
import { shortened } from '../../../sentence.js';
import { resource, shortId } from './details.js';
import { flag, list, requestOf, text, texts } from '../../../request/ec2-shape.js';

const LONGEST_SETTINGS = 400;

/** By call: the type of the resource, and the parameter with its ID. */
const MODIFIED: Readonly<Record<string, readonly [type: string, id: string]>> = {
  ModifyLaunchTemplate: ['launch template', 'launchTemplateId'],
  ModifyManagedPrefixList: ['prefix list', 'prefixListId'],
  ModifySubnetAttribute: ['subnet', 'subnetId'],
  ModifyTransitGateway: ['transit gateway', 'transitGatewayId'],
  ModifyTransitGatewayVpcAttachment: ['transit gateway attachment', 'transitGatewayAttachmentId'],
  ModifyVolume: ['volume', 'volumeId'],
  ModifyVpcAttribute: ['VPC', 'vpcId'],
  ModifyVpcEndpoint: ['VPC endpoint', 'vpcEndpointId'],
  ModifyVpcEndpointServiceConfiguration: ['endpoint service', 'serviceId'],
  ModifyVpcPeeringConnectionOptions: ['VPC peering', 'vpcPeeringConnectionId'],
  ModifyVpnConnection: ['VPN connection', 'vpnConnectionId'],
  ModifyVpnConnectionOptions: ['VPN connection', 'vpnConnectionId'],
  ModifyImageAttribute: ['AMI', 'imageId'],
  ModifySnapshotAttribute: ['snapshot', 'snapshotId'],
  ModifyInstanceAttribute: ['instance', 'instanceId'],
  ModifyInstanceMetadataOptions: ['instance', 'instanceId'],
  ModifyNetworkInterfaceAttribute: ['network interface', 'networkInterfaceId'],
};

/** After the describers that know some of these settings. */
export const modifications: Describers = Object.fromEntries(
  Object.entries(MODIFIED).map(([name, [type, id]]) => [
    name,
    (event: ChangeEvent) => describeModification(event, type, id),
  ]),
);

export const tags: Describers = {
  CreateTags: (event) => describeTags(event, 'tag'),
  DeleteTags: (event) => describeTags(event, 'untag'),
  ModifySubnetAttribute: describePublicSubnet,
};

function describeModification(
  event: ChangeEvent,
  type: string,
  name: string,
): Description | undefined {
  const id = text(requestOf(event), name);
  if (id === undefined) return undefined;
  const settings = parametersOf(event.requestParameters).filter(
    ({ name: other }) => other.toLowerCase() !== name.toLowerCase(),
  );
  const said = shortened(parametersText(settings), LONGEST_SETTINGS);
  return {
    verb: 'change',
    object: `${type} ${shortId(id)}${said === '' ? '' : `: ${said}`}`,
    resources: [resource(type, id)],
  };
}

/** New instances of a subnet may get public addresses. */
function describePublicSubnet(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'subnetId');
  const on = flag(request, 'mapPublicIpOnLaunch');
  if (id === undefined || on === undefined) return undefined;
  const state = { resource: id, what: 'public addresses on' };
  return {
    verb: on ? 'switch on' : 'switch off',
    object: `public addresses for new instances in ${shortId(id)}`,
    resources: [resource('subnet', id)],
    ...(on ? { begins: [state] } : { ends: [state] }),
  };
}

function describeTags(event: ChangeEvent, verb: 'tag' | 'untag'): Description | undefined {
  const request = requestOf(event);
  const ids = texts(list(request, 'resourcesSet', 'resourceId', 'resources'), 'resourceId');
  if (ids.length === 0) return undefined;
  const pairs = list(request, 'tagSet', 'tag', 'tags').map((tag) => {
    const value = text(tag, 'value');
    return `${shortened(text(tag, 'key') ?? '')}${value === undefined ? '' : `=${shortened(value)}`}`;
  });
  const said = pairs.slice(0, 6).join(', ');
  return {
    verb,
    object: `${ids.slice(0, 4).map(shortId).join(', ')}${said === '' ? '' : `: ${said}`}`,
    resources: ids.map((id) => resource('resource', id)),
  };
}
