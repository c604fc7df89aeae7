/** VPC endpoints: ways to services that do not pass the internet. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { summarisePolicy } from '../../../../policy/summary.js';
import { phrase, shortened } from '../../../../sentence.js';
import { details, nameTagOf, quoted, resource, shortId, shortIds } from '../details.js';
import {
  field,
  flag,
  list,
  requestOf,
  responseOf,
  text,
  texts,
} from '../../../../request/ec2-shape.js';

const TYPE = 'VPC endpoint';
const LONGEST_POLICY = 300;

export const endpoints: Describers = {
  CreateVpcEndpoint: describeCreation,
  ModifyVpcEndpoint: describePolicy,
  DeleteVpcEndpoints: describeDeletion,
};

function describeCreation(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(field(responseOf(event), 'vpcEndpoint'), 'vpcEndpointId');
  const name = nameTagOf(request);
  const policy = policyText(event);
  if (text(request, 'vpcId') === undefined) return undefined;
  return {
    verb: 'create',
    object: phrase(
      TYPE,
      id && shortId(id),
      quoted(name),
      details(request, [
        ['to', 'serviceName', 'resourceConfigurationArn', 'serviceNetworkArn'],
        ['in', 'vpcId'],
      ]),
      policy && `(policy: ${policy})`,
    ),
    resources: id === undefined ? [] : [resource(TYPE, id, name)],
    begins: id === undefined ? [] : [{ resource: id, what: 'exists' }],
  };
}

/** The policy of an endpoint says which data may leave through it. Other changes are left to the fallback. */
function describePolicy(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'vpcEndpointId');
  const reset = flag(request, 'resetPolicy') === true;
  const policy = policyText(event);
  if (id === undefined || (!reset && policy === undefined)) return undefined;
  return {
    verb: 'change',
    object: `the policy of ${shortId(id)} to: ${reset ? 'full access' : policy}`,
    resources: [resource(TYPE, id)],
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const ids = texts(
    list(requestOf(event), 'vpcEndpointId', 'vpcEndpointIds', 'vpcEndpointIdSet'),
    'vpcEndpointId',
  );
  if (ids.length === 0) return undefined;
  return {
    verb: 'delete',
    object: `${ids.length === 1 ? TYPE : `${TYPE}s`} ${shortIds(ids)}`,
    resources: ids.map((id) => resource(TYPE, id)),
    removes: ids,
  };
}

/** What the policy lets through. It opens nothing: the caller needs the right as well. */
function policyText(event: ChangeEvent): string | undefined {
  const policy = text(requestOf(event), 'policyDocument');
  if (policy === undefined) return undefined;
  return shortened(summarisePolicy(policy, { own: event.recipientAccountId }).text, LONGEST_POLICY);
}
