/** Clusters of EKS that everyone reaches from the start, and images that another account gets. */
import { expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../../../support/change.js';

const other = '222222222222';
const everyone = { peer: 'everyone', direction: 'ingress' };
const call = (what: string, requestParameters: Json, responseElements: Json = null) => {
  const [service = '', name = ''] = what.split(' ');
  return changeOf(callOf(service, name, { requestParameters, responseElements }));
};
const cluster = (resourcesVpcConfig: Json, others: Record<string, Json> = {}) => ({
  name: 'c',
  roleArn: 'arn:aws:iam::111111111111:role/r',
  resourcesVpcConfig,
  ...others,
});
const made = (network: Json): Json => ({ cluster: { name: 'c', resourcesVpcConfig: network } });

it.each<[sentence: string, request: Json, response: Json, exposure: Json]>([
  [
    'created cluster c: reached from everyone (0.0.0.0/0), role r, version 1.33',
    cluster({ endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] }, { version: '1.33' }),
    null,
    everyone,
  ],
  [
    'created cluster c: reached from everyone (0.0.0.0/0), role r',
    cluster({ subnetIds: ['subnet-1'] }),
    null,
    everyone,
  ],
  [
    'created cluster c: reached from 203.0.113.0/24, role r',
    cluster({ subnetIds: ['subnet-1'] }),
    made({ endpointPublicAccess: true, publicAccessCidrs: ['203.0.113.0/24'] }),
    null,
  ],
  [
    'created cluster c: no public address, role r',
    cluster({ endpointPublicAccess: false }),
    null,
    null,
  ],
  ['created cluster c: role r', cluster({}, { outpostConfig: { outpostArns: ['x'] } }), null, null],
])('%s', (sentence, request, response, exposure) => {
  const change = call('eks CreateCluster', request, response);
  expect(change.sentence).toBe(sentence);
  expect(change.exposure).toEqual(exposure);
});

it('a cluster that everyone reached is closed by a later call', () => {
  const open = call('eks CreateCluster', cluster({ endpointPublicAccess: true }));
  const closed = call('eks UpdateClusterConfig', cluster({ endpointPublicAccess: false }));
  expect(lastingAfter(open)).toEqual(['exists', 'open to everyone']);
  expect(lastingAfter(open, closed)).toEqual(['exists']);
});

const workspace = (allowCopyImage: boolean, sharedAccountId: string = other) => ({
  imageId: 'wsi-1',
  allowCopyImage,
  sharedAccountId,
});
const app = (allowFleet: boolean, allowImageBuilder = false) => ({
  name: 'i',
  sharedAccountId: other,
  imagePermissions: { allowFleet, allowImageBuilder },
});

it.each<[on: string, request: Json, off: string, opposite: Json, sentence: string]>([
  [
    'workspaces UpdateWorkspaceImagePermission',
    workspace(true),
    'workspaces UpdateWorkspaceImagePermission',
    workspace(false),
    `shared WorkSpaces image wsi-1 with account ${other}`,
  ],
  [
    'appstream UpdateImagePermissions',
    app(true),
    'appstream UpdateImagePermissions',
    app(false),
    `shared AppStream image i with account ${other}`,
  ],
  [
    'appstream UpdateImagePermissions',
    app(false, true),
    'appstream DeleteImagePermissions',
    { name: 'i', sharedAccountId: other },
    `shared AppStream image i with account ${other}`,
  ],
])('%s %j', (on, request, off, opposite, sentence) => {
  const shared = call(on, request);
  expect(shared.sentence).toBe(sentence);
  expect(shared.grantees).toEqual([other]);
  expect(lastingAfter(shared)).toEqual([`shared with ${other}`]);
  const stopped = call(off, opposite);
  expect(stopped.grantees).toEqual([]);
  expect(lastingAfter(shared, stopped)).toEqual([]);
});

it('an image that is shared with the own account is open to nobody else', () =>
  expect(
    call('workspaces UpdateWorkspaceImagePermission', workspace(true, '111111111111')).grantees,
  ).toEqual([]));
