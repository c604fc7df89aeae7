/** Images and snapshots that are made, copied, exported and deleted. */
import type { Json } from '../../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import type { Verb } from '../../../../verb.js';
import { details, foreignKey, nameTagOf, quoted, resource, shortId, shortIds } from '../details.js';
import { field, list, requestOf, responseOf, text, texts } from '../../../../request/ec2-shape.js';

const IMAGE = { type: 'AMI', id: 'imageId' };
const SNAPSHOT = { type: 'snapshot', id: 'snapshotId' };
type Kind = typeof IMAGE;

export const images: Describers = {
  CreateImage: (event) => describeNew(event, 'create', IMAGE),
  RegisterImage: (event) => describeNew(event, 'register', IMAGE),
  CopyImage: (event) => describeNew(event, 'copy', IMAGE),
  CopySnapshot: (event) => describeNew(event, 'copy', SNAPSHOT),
  CreateSnapshots: describeSnapshots,
  DeregisterImage: describeDeletion,
  ExportImage: (event) => describeExport(event, 'AMI', 'imageId'),
  CreateStoreImageTask: (event) => describeExport(event, 'AMI', 'imageId'),
  CreateInstanceExportTask: (event) => describeExport(event, 'instance', 'instanceId'),
};

function describeNew(event: ChangeEvent, verb: Verb, { type, id }: Kind): Description {
  const request = requestOf(event);
  const made = text(responseOf(event), id);
  const name = text(request, 'name') ?? nameTagOf(request);
  const snapshots = texts(
    list(request, 'blockDeviceMapping', 'blockDeviceMappings').flatMap(
      (device) => field(device, 'ebs') ?? [],
    ),
    'snapshotId',
  );
  // Of a copy, the original comes first.
  const original = text(request, 'sourceImageId', 'sourceSnapshotId');
  return {
    verb,
    object: phrase(
      type,
      original && shortId(original),
      original === undefined ? made && shortId(made) : undefined,
      quoted(name),
      details(request, [
        ['of', 'instanceId'],
        ['from', 'sourceRegion'],
      ]),
      snapshots.length === 0 ? undefined : `from ${shortIds(snapshots)}`,
      original === undefined
        ? undefined
        : `to ${shortId(text(request, 'destinationRegion') ?? event.awsRegion ?? 'this region')}`,
      original === undefined ? undefined : made && `as ${shortId(made)}`,
      foreignKey(request, event),
    ),
    resources: [
      ...(made === undefined ? [] : [made]),
      ...(original === undefined ? [] : [original]),
    ].map((one) => resource(type, one, one === made ? name : undefined)),
    begins: made === undefined ? [] : [{ resource: made, what: 'exists' }],
  };
}

function describeSnapshots(event: ChangeEvent): Description | undefined {
  const instance = text(field(requestOf(event), 'instanceSpecification'), 'instanceId');
  const ids = texts(list(responseOf(event), 'snapshotSet', 'snapshots'), 'snapshotId');
  if (instance === undefined) return undefined;
  return {
    verb: 'create',
    object: phrase('snapshots', shortIds(ids), `of all volumes of ${shortId(instance)}`),
    resources: ids.map((id) => resource('snapshot', id)),
    begins: ids.map((id) => ({ resource: id, what: 'exists' })),
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const id = text(requestOf(event), 'imageId');
  if (id === undefined) return undefined;
  return {
    verb: 'deregister',
    object: `AMI ${shortId(id)}`,
    resources: [resource('AMI', id)],
    removes: [id],
  };
}

function describeExport(event: ChangeEvent, type: string, name: string): Description | undefined {
  const request = requestOf(event);
  const id = text(request, name);
  const to: Json = field(request, 's3ExportLocation', 'exportToS3', 'exportToS3Task') ?? request;
  const bucket = text(to, 's3Bucket', 'bucket');
  if (id === undefined) return undefined;
  return {
    verb: 'export',
    object: phrase(type, shortId(id), bucket && `to bucket ${shortId(bucket)}`),
    resources: [resource(type, id)],
  };
}
