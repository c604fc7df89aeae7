/** Settings of calls without a describer that let everyone reach a thing. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../support/change.js';

type Call = readonly [name: string, request: Json, response?: Json];
const change = (service: string, [name, requestParameters, responseElements = null]: Call) =>
  changeOf(callOf(service, name, { requestParameters, responseElements }));
const cluster = 'arn:aws:kafka:eu-west-1:111111111111:cluster/c/u';
const instance = 'arn:aws:dms:eu-west-1:111111111111:rep:X';
const connectivity = (type: string): Json => ({
  clusterArn: cluster,
  connectivityInfo: { publicAccess: { type } },
});

const ingress = (isPubliclyAccessible: boolean) => ({
  serviceArn: 'arn:aws:apprunner:x:111111111111:service/s/1',
  networkConfiguration: { ingressConfiguration: { isPubliclyAccessible } },
});

describe('a public setting', () => {
  it.each<[service: string, on: Call, off: Call]>([
    [
      'dms',
      [
        'CreateReplicationInstance',
        { replicationInstanceIdentifier: 'r', publiclyAccessible: true },
        { replicationInstance: { replicationInstanceArn: instance } },
      ],
      ['DeleteReplicationInstance', { replicationInstanceArn: instance }],
    ],
    [
      'mq',
      [
        'CreateBroker',
        { brokerName: 'b', publiclyAccessible: true },
        { brokerId: 'b-1', brokerArn: 'arn:b' },
      ],
      ['DeleteBroker', { brokerId: 'b-1' }],
    ],
    [
      'kafka',
      ['UpdateConnectivity', connectivity('SERVICE_PROVIDED_EIPS')],
      ['UpdateConnectivity', connectivity('DISABLED')],
    ],
    [
      'kafka',
      ['UpdateConnectivity', connectivity('SERVICE_PROVIDED_EIPS')],
      ['DeleteCluster', { clusterArn: cluster }],
    ],
    ['apprunner', ['UpdateService', ingress(true)], ['UpdateService', ingress(false)]],
    [
      'lightsail',
      ['UpdateBucket', { bucketName: 'b', accessRules: { getObject: 'public' } }],
      ['UpdateBucket', { bucketName: 'b', accessRules: { getObject: 'private' } }],
    ],
    [
      'lightsail',
      ['UpdateRelationalDatabase', { relationalDatabaseName: 'd', publiclyAccessible: true }],
      ['UpdateRelationalDatabase', { relationalDatabaseName: 'd', publiclyAccessible: false }],
    ],
    [
      'quicksight',
      ['UpdatePublicSharingSettings', { awsAccountId: '111111111111', publicSharingEnabled: true }],
      [
        'UpdatePublicSharingSettings',
        { awsAccountId: '111111111111', publicSharingEnabled: false },
      ],
    ],
    [
      'redshift',
      ['ModifyCluster', { clusterIdentifier: 'c', publiclyAccessible: true }],
      ['ModifyCluster', { clusterIdentifier: 'c', publiclyAccessible: false }],
    ],
    [
      'redshift',
      ['CreateCluster', { clusterIdentifier: 'c', publiclyAccessible: true }],
      ['DeleteCluster', { clusterIdentifier: 'c', skipFinalClusterSnapshot: true }],
    ],
    [
      'medialive',
      [
        'UpdateInputSecurityGroup',
        { inputSecurityGroupId: '1', whitelistRules: [{ cidr: '0.0.0.0/0' }] },
      ],
      [
        'UpdateInputSecurityGroup',
        { inputSecurityGroupId: '1', whitelistRules: [{ cidr: '203.0.113.0/24' }] },
      ],
    ],
    [
      'mediapackage',
      ['UpdateOriginEndpoint', { id: 'e', whitelist: ['::/0'] }],
      ['UpdateOriginEndpoint', { id: 'e', whitelist: ['203.0.113.7/32'] }],
    ],
    [
      'gamelift',
      [
        'UpdateFleetPortSettings',
        { fleetId: 'f', inboundPermissionAuthorizations: [{ fromPort: 1, ipRange: '0.0.0.0/0' }] },
      ],
      [
        'UpdateFleetPortSettings',
        { fleetId: 'f', inboundPermissionRevocations: [{ fromPort: 1, ipRange: '0.0.0.0/0' }] },
      ],
    ],
    [
      'sagemaker',
      ['UpdateWorkforce', { workforceName: 'w', sourceIpConfig: { cidrs: ['0.0.0.0/0'] } }],
      ['UpdateWorkforce', { workforceName: 'w', sourceIpConfig: { cidrs: ['10.0.0.0/8'] } }],
    ],
    [
      'chime',
      [
        'PutVoiceConnectorTermination',
        { voiceConnectorId: 'v', termination: { cidrAllowedList: ['0.0.0.0/1', '128.0.0.0/1'] } },
      ],
      [
        'PutVoiceConnectorTermination',
        { voiceConnectorId: 'v', termination: { cidrAllowedList: ['203.0.113.0/24'] } },
      ],
    ],
    [
      'quicksight',
      [
        'UpdateIpRestriction',
        { awsAccountId: '111111111111', ipRestrictionRuleMap: { '0.0.0.0/0': 'all' } },
      ],
      [
        'UpdateIpRestriction',
        { awsAccountId: '111111111111', ipRestrictionRuleMap: { '203.0.113.0/24': 'us' } },
      ],
    ],
    [
      'grafana',
      ['UpdateWorkspace', { workspaceId: 'g-1', removeNetworkAccessConfiguration: true }],
      [
        'UpdateWorkspace',
        { workspaceId: 'g-1', networkAccessControl: { prefixListIds: ['pl-1'], vpceIds: [] } },
      ],
    ],
    [
      'workspaces-web',
      [
        'UpdateIpAccessSettings',
        { ipAccessSettingsArn: 'arn:s', ipRules: [{ ipRange: '0.0.0.0/0' }] },
      ],
      [
        'UpdateIpAccessSettings',
        { ipAccessSettingsArn: 'arn:s', ipRules: [{ ipRange: '203.0.113.0/24' }] },
      ],
    ],
    [
      'neptune-graph',
      ['UpdateGraph', { graphIdentifier: 'g-1', publicConnectivity: true }],
      ['UpdateGraph', { graphIdentifier: 'g-1', publicConnectivity: false }],
    ],
    [
      'neptune-graph',
      [
        'CreateGraph',
        { graphName: 'g', publicConnectivity: true },
        { id: 'g-1', name: 'g', arn: 'arn:aws:neptune-graph:eu-west-1:111111111111:graph/g-1' },
      ],
      ['UpdateGraph', { graphIdentifier: 'g-1', publicConnectivity: false }],
    ],
    [
      'redshift-serverless',
      [
        'CreateWorkgroup',
        { workgroupName: 'w', namespaceName: 'n', publiclyAccessible: true },
        { workgroup: { workgroupName: 'w', workgroupId: 'w-1' } },
      ],
      ['UpdateWorkgroup', { workgroupName: 'w', publiclyAccessible: false }],
    ],
  ])('begins what its opposite ends: %s %j %j', (service, on, off) => {
    const begun = change(service, on);
    expect(begun.exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
    expect(lastingAfter(begun)).toContain(begun.begins.at(-1)?.what);
    const ended = change(service, off);
    expect(ended.exposure).toBeNull();
    expect(lastingAfter(begun, ended).filter((what) => what !== 'exists')).toEqual([]);
  });

  it.each<[service: string, created: Call, on: Call | undefined, deleted: Call]>([
    [
      'kafka',
      ['CreateCluster', { clusterName: 'c' }, { clusterArn: cluster, clusterName: 'c' }],
      ['UpdateConnectivity', connectivity('SERVICE_PROVIDED_EIPS')],
      ['DeleteCluster', { clusterArn: cluster }],
    ],
    [
      'dms',
      [
        'CreateReplicationInstance',
        { replicationInstanceIdentifier: 'r' },
        {
          replicationInstance: {
            replicationInstanceIdentifier: 'r',
            replicationInstanceArn: instance,
          },
        },
      ],
      ['ModifyReplicationInstance', { replicationInstanceArn: instance, publiclyAccessible: true }],
      ['DeleteReplicationInstance', { replicationInstanceArn: instance }],
    ],
    [
      'dms',
      [
        'CreateReplicationInstance',
        { replicationInstanceIdentifier: 'r', publiclyAccessible: true },
        {
          replicationInstance: {
            replicationInstanceIdentifier: 'r',
            replicationInstanceArn: instance,
          },
        },
      ],
      undefined,
      ['DeleteReplicationInstance', { replicationInstanceArn: instance }],
    ],
  ])('ends with all of what is deleted: %s %j %j', (service, created, on, deleted) => {
    const changes = [created, ...(on === undefined ? [] : [on])].map((call) =>
      change(service, call),
    );
    expect(lastingAfter(...changes)).toEqual(['exists', 'public address']);
    expect(lastingAfter(...changes, change(service, deleted))).toEqual([]);
  });

  it('is not that of a call that only answers with it', () =>
    expect(
      change('dms', [
        'RebootReplicationInstance',
        { replicationInstanceArn: instance },
        { replicationInstance: { publiclyAccessible: true } },
      ]),
    ).toMatchObject({ exposure: null, begins: [] }));

  it('does not end with that of another thing', () =>
    expect(
      lastingAfter(
        change('lightsail', [
          'UpdateBucket',
          { bucketName: 'a', accessRules: { getObject: 'public' } },
        ]),
        change('lightsail', [
          'UpdateBucket',
          { bucketName: 'b', accessRules: { getObject: 'private' } },
        ]),
      ),
    ).toEqual(['objects open to everyone']));
});

describe('a list of addresses', () => {
  it.each<[service: string, call: Call]>([
    [
      'mediaconnect',
      ['AddFlowSources', { flowArn: 'a', sources: [{ whitelistCidr: '0.0.0.0/0' }] }],
    ],
    ['mediaconnect', ['AddFlowOutputs', { flowArn: 'a', outputs: [{ cidrAllowList: ['::/0'] }] }]],
    ['gamelift', ['CreateFleet', { name: 'f', eC2InboundPermissions: [{ ipRange: '0.0.0.0/0' }] }]],
    ['workmail', ['PutAccessControlRule', { effect: 'ALLOW', ipRanges: ['0.0.0.0/0'] }]],
    ['quicksight', ['UpdateIpRestriction', { awsAccountId: '1', enabled: false }]],
  ])('of %s lets everyone in: %j', (service, call) => {
    expect(change(service, call).exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
  });

  it.each<[service: string, call: Call]>([
    ['workmail', ['PutAccessControlRule', { effect: 'DENY', ipRanges: ['0.0.0.0/0'] }]],
    ['mediapackage', ['UpdateOriginEndpoint', { id: 'e', whitelist: ['203.0.113.0/24'] }]],
    ['sagemaker', ['ListWorkforces', { sourceIpConfig: { cidrs: ['0.0.0.0/0'] } }]],
  ])('of %s lets in nobody whom it does not name: %j', (service, call) => {
    expect(change(service, call).exposure).toBeNull();
  });
});
