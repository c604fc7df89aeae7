/** Routes, in route tables of VPCs and transit gateways. */
import type { Json } from '../../../../../cloudtrail/json.js';
import { isEveryone } from '../../../../request/address.js';
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import type { Verb } from '../../../../verb.js';
import { resource, shortId } from '../details.js';
import { flag, requestOf, text } from '../../../../request/ec2-shape.js';

const DESTINATIONS = [
  'destinationCidrBlock',
  'destinationIpv6CidrBlock',
  'destinationPrefixListId',
  'prefixListId',
];
const TARGETS = [
  'gatewayId',
  'natGatewayId',
  'egressOnlyInternetGatewayId',
  'vpcPeeringConnectionId',
  'transitGatewayId',
  'instanceId',
  'networkInterfaceId',
  'vpcEndpointId',
  'carrierGatewayId',
  'localGatewayId',
  'coreNetworkArn',
  'transitGatewayAttachmentId',
];
/** Targets that lead to the internet. */
const internet = /^(?:igw|eigw|nat|cagw)-/;

export const routes: Describers = {
  CreateRoute: (event) => describeRoute(event, 'create'),
  ReplaceRoute: (event) => describeRoute(event, 'replace'),
  DeleteRoute: (event) => describeRoute(event, 'delete'),
  CreateTransitGatewayRoute: (event) => describeRoute(event, 'create'),
  ReplaceTransitGatewayRoute: (event) => describeRoute(event, 'replace'),
  DeleteTransitGatewayRoute: (event) => describeRoute(event, 'delete'),
  ReplaceRouteTableAssociation: describeAssociation,
};

function describeRoute(event: ChangeEvent, verb: Verb): Description | undefined {
  const request = requestOf(event);
  const table = text(request, 'routeTableId', 'transitGatewayRouteTableId');
  const destination = text(request, ...DESTINATIONS);
  if (table === undefined || destination === undefined) return undefined;
  const target = targetOf(request);
  const isDefault = isEveryone(destination);
  const kind = isDefault ? 'default route' : 'route';
  const opens = verb !== 'delete' && isDefault && internet.test(target ?? '');
  const part = `route ${destination} of ${table}`;
  const what = `route ${shortId(destination)}${target === undefined ? '' : ` → ${shortId(target)}`}`;
  return {
    verb,
    object: phrase(
      kind,
      shortId(destination),
      target === undefined ? undefined : `→ ${shortId(target)}`,
      `${verb === 'delete' ? 'from' : 'in'} ${shortId(table)}`,
    ),
    resources: [resource('route table', table)],
    exposure: opens ? { peer: 'everyone', direction: 'egress' } : null,
    begins: verb === 'delete' ? [] : [{ resource: table, what, part }],
    // A route has no ID, and the call that deletes it does not say where it led.
    removes: verb === 'create' ? [] : [part],
  };
}

function targetOf(request: Json): string | undefined {
  if (flag(request, 'blackhole') === true) return 'nowhere';
  // The table of a gateway may give a destination back to the network itself.
  return text(request, ...TARGETS) ?? (flag(request, 'localTarget') === true ? 'local' : undefined);
}

function describeAssociation(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const table = text(request, 'routeTableId');
  const association = text(request, 'associationId');
  if (table === undefined || association === undefined) return undefined;
  return {
    verb: 'replace',
    object: `the route table of association ${shortId(association)} by ${shortId(table)}`,
    resources: [resource('route table', table)],
    // The new association has an ID of its own, and the call does not say what it joins.
    removes: [association],
  };
}
