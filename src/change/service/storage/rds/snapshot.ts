/** Snapshots of databases: made, copied, shared, exported, deleted. */
import { accountsIn } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { details, foreignKey, resource, shortId, shortIds } from '../../compute/ec2/details.js';
import { list, text, texts } from '../../../request/ec2-shape.js';
import { peerName, sharingOf } from '../../compute/ec2/storage/sharing.js';
import { phrase } from '../../../sentence.js';
import { keyOf } from './key.js';

const SNAPSHOT = { type: 'DB snapshot', id: 'dBSnapshotIdentifier' };
const CLUSTER_SNAPSHOT = { type: 'DB cluster snapshot', id: 'dBClusterSnapshotIdentifier' };
const REDSHIFT_SNAPSHOT = { type: 'cluster snapshot', id: 'snapshotIdentifier' };
type Kind = typeof SNAPSHOT;

export const databaseSnapshots: Describers = {
  CreateDBSnapshot: (event) => describeCreation(event, SNAPSHOT),
  CreateDBClusterSnapshot: (event) => describeCreation(event, CLUSTER_SNAPSHOT),
  CopyDBSnapshot: (event) => describeCopy(event, SNAPSHOT),
  CopyDBClusterSnapshot: (event) => describeCopy(event, CLUSTER_SNAPSHOT),
  ModifyDBSnapshotAttribute: (event) => describeSharing(event, SNAPSHOT),
  ModifyDBClusterSnapshotAttribute: (event) => describeSharing(event, CLUSTER_SNAPSHOT),
  DeleteDBSnapshot: (event) => describeDeletion(event, SNAPSHOT),
  DeleteDBClusterSnapshot: (event) => describeDeletion(event, CLUSTER_SNAPSHOT),
  StartExportTask: describeExport,
};

function describeCreation(
  { requestParameters: request }: ChangeEvent,
  { type, id }: Kind,
): Description | undefined {
  const name = text(request, id);
  if (name === undefined) return undefined;
  return {
    verb: 'create',
    object: phrase(
      type,
      shortId(name),
      details(request, [
        ['of', 'dBInstanceIdentifier', 'dBClusterIdentifier', 'clusterIdentifier'],
      ]),
    ),
    resources: [resource(type, name)],
    begins: [{ resource: keyOf(type, name), what: 'exists' }],
  };
}

function describeCopy(event: ChangeEvent, { type }: Kind): Description | undefined {
  const { requestParameters: request, awsRegion } = event;
  const from = text(request, 'sourceDBSnapshotIdentifier', 'sourceDBClusterSnapshotIdentifier');
  const to = text(request, 'targetDBSnapshotIdentifier', 'targetDBClusterSnapshotIdentifier');
  if (from === undefined || to === undefined) return undefined;
  // An ARN says from which region.
  const region = /^arn:[^:]*:rds:([^:]+):/.exec(from)?.[1];
  return {
    verb: 'copy',
    object: phrase(
      type,
      shortId(from),
      `as ${shortId(to)}`,
      region === undefined || region === awsRegion ? undefined : `to ${awsRegion ?? 'this region'}`,
      foreignKey(request, event),
    ),
    resources: [resource(type, to), resource(type, from)],
    begins: [{ resource: keyOf(type, to), what: 'exists' }],
  };
}

function describeSharing(event: ChangeEvent, { type, id }: Kind): Description | undefined {
  const request = event.requestParameters;
  const name = text(request, id);
  const attribute = text(request, 'attributeName');
  const added = texts(list(request, 'valuesToAdd')).map(peerName);
  const removed = texts(list(request, 'valuesToRemove')).map(peerName);
  if (name === undefined || attribute !== 'restore' || added.length + removed.length === 0)
    return undefined;
  return sharingOf({ type, id: name, stateOf: keyOf(type, name) }, { added, removed, event });
}

/** Snapshots of clusters of Redshift. */
export const clusterSnapshots: Describers = {
  AuthorizeSnapshotAccess: (event) => describeClusterSharing(event, 'added'),
  RevokeSnapshotAccess: (event) => describeClusterSharing(event, 'removed'),
  CreateClusterSnapshot: (event) => describeCreation(event, REDSHIFT_SNAPSHOT),
  DeleteClusterSnapshot: (event) => describeDeletion(event, REDSHIFT_SNAPSHOT),
  BatchDeleteClusterSnapshots: (event) => describeDeletions(event, REDSHIFT_SNAPSHOT),
};

function describeClusterSharing(
  event: ChangeEvent,
  side: 'added' | 'removed',
): Description | undefined {
  const request = event.requestParameters;
  const name = text(request, 'snapshotIdentifier', 'snapshotArn');
  const account = text(request, 'accountWithRestoreAccess');
  if (name === undefined || account === undefined) return undefined;
  const { type } = REDSHIFT_SNAPSHOT;
  const sharing = { added: [], removed: [], [side]: [peerName(account)], event };
  return sharingOf({ type, id: name, stateOf: keyOf(type, name) }, sharing);
}

function describeDeletion(
  { requestParameters: request }: ChangeEvent,
  { type, id }: Kind,
): Description | undefined {
  const name = text(request, id);
  if (name === undefined) return undefined;
  return {
    verb: 'delete',
    object: `${type} ${shortId(name)}`,
    resources: [resource(type, name)],
    removes: [keyOf(type, name)],
  };
}

/** Those that could not be deleted are among the errors of the answer. */
function describeDeletions(
  { requestParameters: request, responseElements: response }: ChangeEvent,
  { type, id }: Kind,
): Description | undefined {
  const failed = new Set(texts(list(response, 'errors'), id));
  const all = texts(list(request, 'identifiers'), id).filter((name) => !failed.has(name));
  if (all.length === 0) return undefined;
  return {
    verb: 'delete',
    object: `${type}s ${shortIds(all)}`,
    resources: all.map((name) => resource(type, name)),
    removes: all.map((name) => keyOf(type, name)),
  };
}

function describeExport(event: ChangeEvent): Description | undefined {
  const { requestParameters: request } = event;
  const source = text(request, 'sourceArn');
  if (source === undefined) return undefined;
  // Whoever has the key reads the export.
  const [account] = accountsIn([text(request, 'kmsKeyId') ?? ''], event.recipientAccountId);
  return {
    verb: 'export',
    object: phrase(
      shortId(source),
      details(request, [
        ['to bucket', 's3BucketName'],
        ['as', 'iamRoleArn'],
        ['with key', 'kmsKeyId'],
      ]),
      account && `of account ${account}`,
    ),
    resources: [resource('snapshot', source)],
  };
}
