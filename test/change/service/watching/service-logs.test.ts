/** What is said of logs that services write: which are left, and where they go. */
import { expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../../../support/change.js';

const other = '222222222222';
const call = (what: string, requestParameters: Json) => {
  const [service = '', name = ''] = what.split(' ');
  return changeOf(callOf(service, name, { requestParameters }));
};
const firewallLogs = (...logDestinationConfigs: readonly Json[]) => ({
  firewallName: 'fw',
  loggingConfiguration: { logDestinationConfigs },
});
const FLOW = { logType: 'FLOW', logDestination: { bucketName: 'b' } };
const modelLogs = (on: boolean) => ({
  loggingConfig: {
    textDataDeliveryEnabled: on,
    imageDataDeliveryEnabled: false,
    embeddingDataDeliveryEnabled: false,
    s3Config: { bucketName: 'calls' },
    cloudWatchConfig: { logGroupName: 'g' },
  },
});
const patches = (...patchOperations: readonly Json[]) => ({
  restApiId: 'a',
  stageName: 'p',
  updateStageInput: { patchOperations },
});
const patch = (path: string, value: string) => ({ op: 'replace', path, value });
const GOAL = '/accessLogSettings/destinationArn';
const foreignStream = `arn:aws:firehose:us-east-1:${other}:deliverystream/s`;

it.each<[sentence: string, call: string, request: Json]>([
  [
    'set logs of firewall fw: FLOW to bucket b, no ALERT, no TLS',
    'network-firewall UpdateLoggingConfiguration',
    firewallLogs(FLOW),
  ],
  [
    'set logs of firewall fw: FLOW to bucket b, ALERT to g, no TLS',
    'network-firewall UpdateLoggingConfiguration',
    firewallLogs(FLOW, { logType: 'ALERT', logDestination: { logGroup: 'g' } }),
  ],
  [
    'switched on log of calls of models in eu-central-1: to bucket calls, log group g, no images, no embeddings',
    'bedrock PutModelInvocationLoggingConfiguration',
    modelLogs(true),
  ],
  [
    'set log of calls of models in eu-central-1: to bucket calls, log group g, no text, no images, no embeddings',
    'bedrock PutModelInvocationLoggingConfiguration',
    modelLogs(false),
  ],
  [
    'set log of calls of models in eu-central-1: to nowhere',
    'bedrock PutModelInvocationLoggingConfiguration',
    { loggingConfig: {} },
  ],
  [
    'switched on audit logs of cluster dw to bucket b, s3KeyPrefix x',
    'redshift EnableLogging',
    { clusterIdentifier: 'dw', bucketName: 'b', s3KeyPrefix: 'x' },
  ],
  [
    `changed stage a/p: access logs to g of account ${other}, variables backend, defaultRouteSettings.throttlingBurstLimit 1`,
    'apigateway UpdateStage',
    {
      apiId: 'a',
      stageName: 'p',
      accessLogSettings: { destinationArn: `arn:aws:logs:us-east-1:${other}:log-group:g` },
      stageVariables: { backend: 'of value' },
      defaultRouteSettings: { throttlingBurstLimit: 1 },
    },
  ],
  [
    'changed stage a/p: /accessLogSettings/format x, variable backend, /*/*/logging/loglevel OFF',
    'apigateway UpdateStage',
    patches(
      patch('/accessLogSettings/format', 'x'),
      patch('/variables/backend', 'of value'),
      patch('/*/*/logging/loglevel', 'OFF'),
    ),
  ],
  [
    `changed stage a/p: access logs to s of account ${other}`,
    'apigateway UpdateStage',
    patches(patch(GOAL, foreignStream)),
  ],
  [
    'changed stage a/p: access logs off, no variable backend',
    'apigateway UpdateStage',
    patches({ op: 'remove', path: GOAL }, { op: 'remove', path: '/variables/backend' }),
  ],
  [
    'changed load balancer old: access logs on, access_logs.s3.bucket=b, loadBalancerAttributes.crossZoneLoadBalancing.enabled false',
    'elasticloadbalancing ModifyLoadBalancerAttributes',
    {
      loadBalancerName: 'old',
      loadBalancerAttributes: {
        accessLog: { enabled: true, s3BucketName: 'b' },
        crossZoneLoadBalancing: { enabled: false },
      },
    },
  ],
])('%s', (sentence, what, request) => {
  expect(call(what, request).sentence).toBe(sentence);
});

it('a log is off until something is in it again', () => {
  const put = (on: boolean) =>
    call('bedrock PutModelInvocationLoggingConfiguration', modelLogs(on));
  expect(lastingAfter(put(false))).toEqual(['logs off']);
  expect(lastingAfter(put(false), put(true))).toEqual([]);
  const level = (value: string) =>
    call('apigateway UpdateStage', patches(patch('/*/*/logging/loglevel', value)));
  expect(lastingAfter(level('OFF'))).toEqual(['logs of /*/* off']);
  expect(lastingAfter(level('OFF'), level('ERROR'))).toEqual([]);
});

it('access logs stay off where only their format changes', () => {
  const off = call('apigateway UpdateStage', patches({ op: 'remove', path: GOAL }));
  const format = call('apigateway UpdateStage', patches(patch('/accessLogSettings/format', 'x')));
  const on = call('apigateway UpdateStage', patches(patch(GOAL, foreignStream)));
  expect(lastingAfter(off, format)).toEqual(['access logs off']);
  expect(lastingAfter(off, on)).toEqual([]);
  expect(on.grantees).toEqual([other]);
});
