/** Services that others reach through VPC endpoints of their own, and who may. */
import { accountsIn } from '../../../../request/account.js';
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { details, resource, shortId, shortIds } from '../details.js';
import { field, list, requestOf, responseOf, text, texts } from '../../../../request/ec2-shape.js';

const TYPE = 'endpoint service';

export const endpointServices: Describers = {
  CreateVpcEndpointServiceConfiguration: describeCreation,
  DeleteVpcEndpointServiceConfigurations: describeDeletion,
  ModifyVpcEndpointServicePermissions: describePermissions,
  AcceptVpcEndpointConnections: (event) => describeConnections(event, 'accept'),
  RejectVpcEndpointConnections: (event) => describeConnections(event, 'reject'),
};

function describeCreation(event: ChangeEvent): Description {
  const request = requestOf(event);
  const id = text(field(responseOf(event), 'serviceConfiguration'), 'serviceId');
  const balancers = texts(
    list(
      request,
      'networkLoadBalancerArn',
      'networkLoadBalancerArns',
      'gatewayLoadBalancerArn',
      'gatewayLoadBalancerArns',
    ),
  );
  return {
    verb: 'create',
    object: phrase(
      TYPE,
      id && shortId(id),
      balancers.length === 0 ? undefined : `of ${shortIds(balancers)}`,
      details(request, [['with acceptance', 'acceptanceRequired']]),
    ),
    resources: id === undefined ? [] : [resource(TYPE, id)],
    begins: id === undefined ? [] : [{ resource: id, what: 'exists' }],
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const ids = texts(list(requestOf(event), 'serviceId', 'serviceIds', 'serviceIdSet'), 'serviceId');
  if (ids.length === 0) return undefined;
  return {
    verb: 'delete',
    object: `${TYPE} ${shortIds(ids)}`,
    resources: ids.map((id) => resource(TYPE, id)),
    removes: ids,
  };
}

function describeConnections(
  event: ChangeEvent,
  verb: 'accept' | 'reject',
): Description | undefined {
  const request = requestOf(event);
  const service = text(request, 'serviceId');
  const ids = texts(list(request, 'vpcEndpointId', 'vpcEndpointIds'), 'vpcEndpointId');
  if (service === undefined || ids.length === 0) return undefined;
  const states = ids.map((id) => ({ resource: service, what: `connected with ${id}` }));
  return {
    verb,
    object: `connection of ${shortIds(ids)} to ${TYPE} ${shortId(service)}`,
    resources: [resource(TYPE, service)],
    ...(verb === 'accept' ? { begins: states } : { ends: states }),
  };
}

function describePermissions(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const service = text(request, 'serviceId');
  const added = texts(list(request, 'addAllowedPrincipals'), 'item');
  const removed = texts(list(request, 'removeAllowedPrincipals'), 'item');
  const principals = added.length > 0 ? added : removed;
  if (service === undefined || principals.length === 0) return undefined;
  const states = (of: readonly string[]) =>
    of.map((principal) => ({ resource: service, what: `shared with ${principal}` }));
  return {
    verb: added.length > 0 ? 'share' : 'stop',
    object: phrase(
      added.length > 0 ? undefined : 'sharing',
      `endpoint service ${shortId(service)} with`,
      principals.includes('*') ? 'everyone' : shortIds(principals),
    ),
    resources: [resource('endpoint service', service)],
    exposure: added.includes('*') ? { peer: 'everyone', direction: 'ingress' } : null,
    grantees: accountsIn(added, event.recipientAccountId),
    begins: states(added),
    ends: states(removed),
  };
}
