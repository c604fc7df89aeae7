/** Settings of which describers said nothing, or which they left out beside others. */
import { expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../support/change.js';

const other = '222222222222';
const lambda = `arn:aws:lambda:eu-west-1:${other}:function:f`;
const call = (what: string, requestParameters: Json) => {
  const [service = '', name = ''] = what.split(' ');
  return changeOf(callOf(service, name, { requestParameters }));
};

it.each<[sentence: string, call: string, request: Json]>([
  [
    'set when Identity Center asks for MFA, in directory d-1: mfaMode DISABLED',
    'sso PutMfaDeviceManagementForDirectory',
    { directoryId: 'd-1', mfaMode: 'DISABLED' },
  ],
  [
    `changed user pool p: mfaConfiguration OFF, lambdaConfig.preAuthentication ${lambda}`,
    'cognito-idp UpdateUserPool',
    { userPoolId: 'p', mfaConfiguration: 'OFF', lambdaConfig: { preAuthentication: lambda } },
  ],
  [
    `created user pool p: MFA OFF, preAuthentication ${lambda}`,
    'cognito-idp CreateUserPool',
    { poolName: 'p', mfaConfiguration: 'OFF', lambdaConfig: { preAuthentication: lambda } },
  ],
  [
    'changed detector d: on by itself in no account, S3_DATA_EVENTS off',
    'guardduty UpdateOrganizationConfiguration',
    {
      detectorId: 'd',
      autoEnableOrganizationMembers: 'NONE',
      features: [{ name: 'S3_DATA_EVENTS', autoEnable: 'NONE' }],
    },
  ],
  [
    'changed detector d: on by itself in all accounts',
    'guardduty UpdateOrganizationConfiguration',
    { detectorId: 'd', autoEnableOrganizationMembers: 'ALL' },
  ],
  [
    'changed cluster c: configuration.executeCommandConfiguration.logging NONE',
    'ecs UpdateCluster',
    { cluster: 'c', configuration: { executeCommandConfiguration: { logging: 'NONE' } } },
  ],
  [
    'changed service c/s, tasks wanted: 2, with public addresses, platformVersion 1.3.0',
    'ecs UpdateService',
    {
      cluster: 'c',
      service: 's',
      desiredCount: 2,
      networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'ENABLED' } },
      platformVersion: '1.3.0',
    },
  ],
  [
    'changed cluster c: no public address, resourcesVpcConfig.endpointPrivateAccess true',
    'eks UpdateClusterConfig',
    {
      name: 'c',
      resourcesVpcConfig: { endpointPublicAccess: false, endpointPrivateAccess: true },
    },
  ],
  [
    'changed settings of Macie: findingPublishingFrequency SIX_HOURS',
    'macie2 UpdateMacieSession',
    { findingPublishingFrequency: 'SIX_HOURS' },
  ],
  [
    `rotated secret s by function f of account ${other}`,
    'secretsmanager RotateSecret',
    { secretId: 's', rotationLambdaARN: lambda },
  ],
  [
    `switched on log of web ACL foo to aws-waf-logs-x of account ${other}, with a filter`,
    'wafv2 PutLoggingConfiguration',
    {
      loggingConfiguration: {
        resourceArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/foo/1-2',
        logDestinationConfigs: [
          `arn:aws:firehose:eu-west-1:${other}:deliverystream/aws-waf-logs-x`,
        ],
        loggingFilter: { defaultBehavior: 'DROP' },
      },
    },
  ],
])('%s', (sentence, what, request) => {
  expect(call(what, request).sentence).toBe(sentence);
});

it('what only names the resource is no setting', () => {
  const request = { userPoolId: 'p' };
  expect(call('cognito-idp UpdateUserPool', request).sentence).toBe('changed user pool p');
});

it('functions of another account get something', () => {
  const pool = { userPoolId: 'p', lambdaConfig: { preAuthentication: lambda } };
  expect(call('cognito-idp UpdateUserPool', pool).grantees).toEqual([other]);
  const rotation = { secretId: 's', rotationLambdaARN: lambda };
  expect(call('secretsmanager RotateSecret', rotation).grantees).toEqual([other]);
});

it('MFA of a user pool is off until a call sets it again', () => {
  const off = call('cognito-idp UpdateUserPool', { userPoolId: 'p', mfaConfiguration: 'OFF' });
  const on = call('cognito-idp SetUserPoolMfaConfig', { userPoolId: 'p', mfaConfiguration: 'ON' });
  expect(lastingAfter(off)).toEqual(['MFA off']);
  expect(lastingAfter(off, on)).toEqual([]);
});
