/** Warehouses of Redshift: clusters, workgroups that have no servers, and the endpoints that other accounts may make for them. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { accountOf } from '../../../request/account.js';
import { resource, shortId, shortIds } from '../../compute/ec2/details.js';
import { list, text, texts } from '../../../request/ec2-shape.js';
import { describeDeletion, describeModification, describeNew, describePower } from './database.js';
import { keyOf } from './key.js';

const CLUSTER = { type: 'cluster', id: 'clusterIdentifier', renamed: 'newClusterIdentifier' };
const WORKGROUP = { type: 'workgroup', id: 'workgroupName' };

export const warehouses: Describers = {
  CreateCluster: (event) => describeNew(event, 'create', CLUSTER),
  RestoreFromClusterSnapshot: (event) => describeNew(event, 'restore', CLUSTER),
  ModifyCluster: (event) => describeModification(event, CLUSTER),
  DeleteCluster: (event) => describeDeletion(event, CLUSTER),
  PauseCluster: (event) => describePower(event, 'stop', CLUSTER),
  ResumeCluster: (event) => describePower(event, 'start', CLUSTER),
  AuthorizeEndpointAccess: (event) => describeEndpoints(event, 'let'),
  RevokeEndpointAccess: (event) => describeEndpoints(event, 'stop'),
};

export const workgroups: Describers = {
  CreateWorkgroup: (event) => describeNew(event, 'create', WORKGROUP),
  UpdateWorkgroup: (event) => describeModification(event, WORKGROUP),
  DeleteWorkgroup: (event) => describeDeletion(event, WORKGROUP),
};

/** Another account may make an endpoint for a cluster in its own network: in any, or in those that the call names. */
function describeEndpoints(
  { requestParameters: request, recipientAccountId: own }: ChangeEvent,
  verb: 'let' | 'stop',
): Description | undefined {
  const id = text(request, 'clusterIdentifier');
  const account = text(request, 'account');
  if (id === undefined || account === undefined) return undefined;
  const key = keyOf(CLUSTER.type, id);
  const peer = accountOf(account) ?? account;
  const vpcs = texts(list(request, 'vpcIds'), 'vpcId', 'vpcIdentifier');
  const part = `endpoints of ${peer} for ${key}`;
  const places = vpcs.length === 0 ? ['any VPC'] : vpcs;
  const states = places.map((vpc) => ({
    resource: key,
    what: `reached by account ${peer} from ${vpc}`,
    part,
  }));
  const from = vpcs.length === 0 ? '' : ` from ${shortIds(vpcs)}`;
  const of = `${CLUSTER.type} ${shortId(id)}`;
  const resources = [resource(CLUSTER.type, id)];
  if (verb === 'let') {
    const object = `account ${shortId(peer)} reach ${of}${from} by endpoints of its own`;
    return { verb, object, resources, grantees: peer === own ? [] : [peer], begins: states };
  }
  return {
    verb,
    object: `letting account ${shortId(peer)} reach ${of}${from}`,
    resources,
    ...(vpcs.length === 0 ? { removes: [part] } : { ends: states }),
  };
}
