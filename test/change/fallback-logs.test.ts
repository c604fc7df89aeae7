/** Settings of calls without a describer that switch the logs of a service off. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { concernOf } from '../../src/story/concern.js';
import { callOf, changeOf, lastingAfter } from '../support/change.js';

type Call = readonly [name: string, request: Json];
const event = (service: string, [name, requestParameters]: Call) =>
  callOf(service, name, { requestParameters });
const change = (service: string, call: Call) => changeOf(event(service, call));
const concern = (service: string, call: Call) => {
  const { eventSource, eventName } = event(service, call);
  const [, requestParameters] = call;
  return concernOf({
    eventSource,
    eventName,
    requestParameters,
    responseElements: null,
    eventTime: null,
    change: change(service, call),
  });
};

const brokers = (cloudWatch: boolean, s3: boolean): Call => [
  'UpdateMonitoring',
  {
    clusterArn: 'arn:c',
    currentVersion: 'K',
    loggingInfo: { brokerLogs: { cloudWatchLogs: { enabled: cloudWatch }, s3: { enabled: s3 } } },
  },
];
const search = (enabled: boolean): Call => [
  'UpdateDomainConfig',
  {
    domainName: 'd',
    logPublishingOptions: { AUDIT_LOGS: { enabled }, INDEX_SLOW_LOGS: { enabled: true } },
  },
];
const builds = (status: string): Call => [
  'UpdateProject',
  { name: 'p', logsConfig: { cloudWatchLogs: { status }, s3Logs: { status: 'DISABLED' } } },
];
const commands = (logging: string): Call => [
  'UpdateCluster',
  { cluster: 'c', configuration: { executeCommandConfiguration: { logging } } },
];
const graph = (fieldLogLevel: string): Call => [
  'UpdateGraphqlApi',
  { apiId: 'a', name: 'n', logConfig: { fieldLogLevel, cloudWatchLogsRoleArn: 'arn:r' } },
];
const flows = (flowLogsEnabled: boolean): Call => [
  'UpdateAcceleratorAttributes',
  { acceleratorArn: 'arn:a', flowLogsEnabled },
];
const connections = (Enabled: boolean): Call => [
  'ModifyClientVpnEndpoint',
  {
    ModifyClientVpnEndpointRequest: {
      ClientVpnEndpointId: 'cvpn-endpoint-1',
      ConnectionLogOptions: { Enabled },
    },
  },
];

describe('logs of a service', () => {
  it.each<[service: string, off: Call, on: Call, what: string]>([
    ['kafka', brokers(false, false), brokers(false, true), 'logs off'],
    ['kafka', brokers(false, false), ['DeleteCluster', { clusterArn: 'arn:c' }], 'logs off'],
    ['es', search(false), search(true), 'logs audit off'],
    ['codebuild', builds('DISABLED'), builds('ENABLED'), 'logs off'],
    ['appsync', graph('NONE'), graph('ERROR'), 'logs off'],
    ['ecs', commands('NONE'), commands('OVERRIDE'), 'logs of commands off'],
    ['ecs', commands('NONE'), ['DeleteCluster', { cluster: 'c' }], 'logs of commands off'],
    ['globalaccelerator', flows(false), flows(true), 'logs of flows off'],
    ['ec2', connections(false), connections(true), 'connection logs off'],
    [
      'ec2',
      connections(false),
      [
        'DeleteClientVpnEndpoint',
        { DeleteClientVpnEndpointRequest: { ClientVpnEndpointId: 'cvpn-endpoint-1' } },
      ],
      'connection logs off',
    ],
    [
      'mq',
      ['UpdateBroker', { brokerId: 'b', logs: { audit: false } }],
      ['UpdateBroker', { brokerId: 'b', logs: { audit: true } }],
      'logs audit off',
    ],
    [
      'airflow',
      ['UpdateEnvironment', { name: 'e', loggingConfiguration: { taskLogs: { enabled: false } } }],
      ['UpdateEnvironment', { name: 'e', loggingConfiguration: { taskLogs: { enabled: true } } }],
      'logs task off',
    ],
    [
      'pipes',
      ['UpdatePipe', { name: 'p', logConfiguration: { level: 'OFF' } }],
      ['UpdatePipe', { name: 'p', logConfiguration: { level: 'ERROR' } }],
      'logs off',
    ],
    [
      'transfer',
      ['UpdateServer', { serverId: 's-1', protocols: ['SFTP'], loggingRole: '' }],
      ['UpdateServer', { serverId: 's-1', loggingRole: '', structuredLogDestinations: ['arn:g'] }],
      'logs off',
    ],
    [
      'iot',
      ['SetV2LoggingOptions', { disableAllLogs: true }],
      ['SetV2LoggingOptions', { disableAllLogs: false }],
      'logs off',
    ],
  ])('are off until they are on again: %s %j %j', (service, off, on, what) => {
    expect(lastingAfter(change(service, off))).toEqual([what]);
    expect(concern(service, off)).toBe('logs');
    expect(lastingAfter(change(service, off), change(service, on))).toEqual([]);
    expect(concern(service, on)).not.toBe('logs');
  });

  it.each<[service: string, call: Call]>([
    ['codebuild', ['CreateProject', { name: 'p', logsConfig: { s3Logs: { status: 'DISABLED' } } }]],
    ['ecs', ['UpdateCluster', { cluster: 'c', settings: [] }]],
    ['transfer', ['UpdateServer', { serverId: 's-1', loggingRole: 'arn:r' }]],
    ['newservice', ['UpdateThing', { name: 't', logging: false }]],
  ])('are not switched off by %s %j', (service, call) =>
    expect(concern(service, call)).toBe('other'),
  );

  it.each<[service: string, call: Call]>([
    ['vpc-lattice', ['DeleteAccessLogSubscription', { accessLogSubscriptionIdentifier: 'als-1' }]],
    ['ds', ['DeleteLogSubscription', { directoryId: 'd-1' }]],
    ['workspaces-web', ['DisassociateUserAccessLoggingSettings', { portalArn: 'arn:p' }]],
  ])('end with the call that deletes them: %s %j', (service, call) =>
    expect(concern(service, call)).toBe('logs'),
  );
});
