import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../../../support/change.js';

const call = (service: string, name: string, requestParameters: Json) =>
  changeOf(callOf(service, name, { requestParameters }));

type Row = [sentence: string, service: string, name: string, request?: Json];
type Pair = [service: string, name: string, request: Json, opposite: string, undone?: Json];

describe('changes of what watches an account', () => {
  it.each<Row>([
    [
      'switched off recording of recorder default',
      'config',
      'StopConfigurationRecorder',
      { configurationRecorderName: 'default' },
    ],
    [
      'set what recorder r records: all but AWS::IAM::User',
      'config',
      'PutConfigurationRecorder',
      {
        configurationRecorder: {
          name: 'r',
          recordingGroup: {
            allSupported: false,
            exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::User'] },
          },
        },
      },
    ],
    [
      'switched off Inspector for EC2, ECR',
      'inspector2',
      'Disable',
      { resourceTypes: ['EC2', 'ECR'] },
    ],
    [
      'switched off Inspector for EC2 of 1 other account',
      'inspector2',
      'Disable',
      { resourceTypes: ['EC2'], accountIds: ['222222222222'] },
    ],
    [
      'created filter of Inspector quiet: it suppresses findings',
      'inspector2',
      'CreateFilter',
      { name: 'quiet', action: 'SUPPRESS' },
    ],
    [
      'removed the management of Inspector in the organization from account 222222222222',
      'inspector2',
      'DisableDelegatedAdminAccount',
      { delegatedAdminAccountId: '222222222222' },
    ],
    [
      'deleted behavior graph g',
      'detective',
      'DeleteGraph',
      { GraphArn: 'arn:aws:detective:eu-west-1:112233445566:graph:g' },
    ],
    [
      'disassociated this account from the behavior graph of Detective',
      'detective',
      'DisassociateMembership',
      { GraphArn: 'arn:aws:detective:eu-west-1:222222222222:graph:g' },
    ],
    [
      'set delivery channel d to bucket b',
      'config',
      'PutDeliveryChannel',
      { deliveryChannel: { name: 'd', s3BucketName: 'b' } },
    ],
    [
      'let account 222222222222 collect the data of Config',
      'config',
      'PutAggregationAuthorization',
      { authorizedAccountId: '222222222222' },
    ],
    [
      'switched off GuardDuty (detector d)',
      'guardduty',
      'UpdateDetector',
      { detectorId: 'd', enable: false },
    ],
    [
      'changed detector d: S3_DATA_EVENTS off, EKS on',
      'guardduty',
      'UpdateDetector',
      {
        detectorId: 'd',
        features: [
          { name: 'EKS', status: 'ENABLED' },
          { name: 'S3_DATA_EVENTS', status: 'DISABLED' },
        ],
      },
    ],
    [
      'created filter f: it archives findings, by type',
      'guardduty',
      'CreateFilter',
      {
        detectorId: 'd',
        name: 'f',
        action: 'ARCHIVE',
        findingCriteria: { criterion: { type: { equals: ['x'] } } },
      },
    ],
    [
      'created trusted IP list l: from https://x/l.txt, active',
      'guardduty',
      'CreateIPSet',
      { detectorId: 'd', name: 'l', location: 'https://x/l.txt', activate: true },
    ],
    [
      "stopped GuardDuty's monitoring of accounts 1, 2",
      'guardduty',
      'StopMonitoringMembers',
      { detectorId: 'd', accountIds: ['1', '2'] },
    ],
    [
      'archived 2 findings of detector d',
      'guardduty',
      'ArchiveFindings',
      { detectorId: 'd', findingIds: ['a', 'b'] },
    ],
    [
      'disassociated this account from the administrator of Security Hub',
      'securityhub',
      'DisassociateFromAdministratorAccount',
    ],
    ['switched off Security Hub', 'securityhub', 'DisableSecurityHub'],
    [
      'changed 1 finding of Security Hub',
      'securityhub',
      'BatchUpdateFindings',
      { findingIdentifiers: [{ id: 'f' }] },
    ],
    [
      'switched off standards of Security Hub: cis/v/1.2.0',
      'securityhub',
      'BatchDisableStandards',
      {
        StandardsSubscriptionArns: [
          'arn:aws:securityhub:eu-central-1:111111111111:subscription/cis/v/1.2.0',
        ],
      },
    ],
    ['switched off Macie', 'macie2', 'UpdateMacieSession', { status: 'PAUSED' }],
    [
      'created archive rule a of analyzer x',
      'access-analyzer',
      'CreateArchiveRule',
      { analyzerName: 'x', ruleName: 'a' },
    ],
    [
      'assumed role r of account 222222222222 as ann',
      'sts',
      'AssumeRole',
      { roleArn: 'arn:aws:iam::222222222222:role/x/r', roleSessionName: 'ann' },
    ],
    [
      'requested a session for ann: Allow * on * (administrator rights)',
      'sts',
      'GetFederationToken',
      { name: 'ann', policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' },
    ],
  ])('%s', (sentence, service, name, request = null) =>
    expect(call(service, name, request).sentence).toBe(sentence),
  );

  it.each<Pair>([
    [
      'config',
      'StopConfigurationRecorder',
      { configurationRecorderName: 'r' },
      'StartConfigurationRecorder',
    ],
    [
      'guardduty',
      'UpdateDetector',
      { detectorId: 'd', enable: false },
      'UpdateDetector',
      { detectorId: 'd', enable: true },
    ],
    [
      'guardduty',
      'UpdateDetector',
      { detectorId: 'd', dataSources: { s3Logs: { enable: false } } },
      'UpdateDetector',
      { detectorId: 'd', dataSources: { s3Logs: { enable: true } } },
    ],
    [
      'guardduty',
      'UpdateOrganizationConfiguration',
      { detectorId: 'd', dataSources: { kubernetes: { auditLogs: { autoEnable: false } } } },
      'UpdateOrganizationConfiguration',
      { detectorId: 'd', dataSources: { kubernetes: { auditLogs: { autoEnable: true } } } },
    ],
    ['securityhub', 'DisableSecurityHub', null, 'EnableSecurityHub'],
    ['macie2', 'DisableMacie', null, 'EnableMacie'],
    ['inspector2', 'Disable', { resourceTypes: ['EC2'] }, 'Enable'],
    ['access-analyzer', 'CreateAnalyzer', { analyzerName: 'x' }, 'DeleteAnalyzer'],
  ])('%s %s is undone by its opposite', (service, name, request, opposite, undone = request) => {
    const { begins } = call(service, name, request);
    expect(begins).not.toEqual([]);
    expect(call(service, opposite, undone).ends).toEqual(expect.arrayContaining([...begins]));
  });

  it.each([
    call('guardduty', 'UpdateDetector', { detectorId: 'd', enable: false }),
    call('guardduty', 'DeleteDetector', { detectorId: 'd' }),
  ])('what $verb switched off is on again with a new detector', ({ begins }) => {
    const requestParameters = { enable: true };
    const responseElements = { detectorId: 'e' };
    const made = callOf('guardduty', 'CreateDetector', { requestParameters, responseElements });
    expect(begins).toHaveLength(1);
    expect(changeOf(made).ends).toEqual(begins);
  });
});
