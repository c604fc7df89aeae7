/** What a change came to: the lines WAYS IN, LOGS, DATA of a story. `stories.test.ts` has what makes a story. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import type { Finding } from '../../src/report/finding.js';
import type { Concern } from '../../src/report/story.js';
import { looksForEnd } from '../../src/story/opposite.js';
import { storiesOf } from '../../src/story/stories.js';
import { finding } from '../support/report-sample.js';

type Call = readonly [service: string, eventName: string, request: JsonObject | null];
type Special = Call | readonly [...Call, more: Partial<Finding>];

/** The calls as changes of one person, ten seconds apart. */
function changes(...calls: readonly Special[]): readonly Finding[] {
  return calls.map(([service, eventName, requestParameters, more], index) =>
    finding({
      eventID: `event-${index}`,
      eventTime: new Date(Date.UTC(2026, 0, 12, 9, 0, index * 10)).toISOString(),
      eventName,
      eventSource: `${service}.amazonaws.com`,
      requestParameters,
      readOnly: 'false',
      ...more,
    }),
  );
}

function told(...calls: readonly Special[]) {
  return storiesOf(changes(...calls), looksForEnd(undefined));
}

/** What the last of the calls came to. */
function lastConcern(...calls: readonly Special[]): Concern | undefined {
  const { concerns } = told(...calls).summary;
  const before = calls.length === 1 ? undefined : told(...calls.slice(0, -1)).summary.concerns;
  const names = Object.keys(concerns) as readonly Concern[];
  return names.find((name) => concerns[name] > (before?.[name] ?? 0));
}

const EXPIRES = { Rule: { Status: 'Enabled', Expiration: { Days: 1 } } };

function lifecycle(bucketName: string): Call {
  return ['s3', 'PutBucketLifecycle', { bucketName, LifecycleConfiguration: EXPIRES }];
}

function expiringOn(bucketName: string, date: string): Call {
  const Rule = { Status: 'Enabled', Expiration: { Date: date } };
  return ['s3', 'PutBucketLifecycle', { bucketName, LifecycleConfiguration: { Rule } }];
}

function retention(retentionInDays: number): Call {
  return ['logs', 'PutRetentionPolicy', { logGroupName: '/ct', retentionInDays }];
}

function balancer(value: string): JsonObject {
  return {
    loadBalancerArn: 'arn:aws:elasticloadbalancing:us-east-1:112233445566:loadbalancer/app/web/1',
    attributes: [{ key: 'access_logs.s3.enabled', value }],
  };
}

function clusterLogs(enabled: boolean): JsonObject {
  return { name: 'prod', logging: { clusterLogging: [{ types: ['api', 'audit'], enabled }] } };
}

function databaseLogs(member: string): JsonObject {
  return {
    dBInstanceIdentifier: 'orders',
    cloudwatchLogsExportConfiguration: { [member]: ['audit'] },
  };
}

function stage(op: string): JsonObject {
  return {
    restApiId: 'abc',
    stageName: 'prod',
    updateStageInput: {
      patchOperations: [
        {
          op,
          path: '/accessLogSettings/destinationArn',
          ...(op === 'replace' && { value: 'arn:aws:logs:us-east-1:112233445566:log-group:api' }),
        },
      ],
    },
  };
}

function logLevel(value: string): JsonObject {
  const path = '/*/*/logging/loglevel';
  return {
    restApiId: 'abc',
    stageName: 'prod',
    updateStageInput: { patchOperations: [{ op: 'replace', path, value }] },
  };
}

function modelLogs(on: boolean): JsonObject {
  return {
    loggingConfig: {
      textDataDeliveryEnabled: on,
      imageDataDeliveryEnabled: false,
      embeddingDataDeliveryEnabled: false,
      s3Config: { bucketName: 'calls' },
    },
  };
}

function firewallLogs(...types: readonly string[]): Call {
  const logDestinationConfigs = types.map((logType) => ({ logType }));
  return [
    'network-firewall',
    'UpdateLoggingConfiguration',
    { firewallName: 'fw', loggingConfiguration: { logDestinationConfigs } },
  ];
}

function automation(status: string): JsonObject {
  return {
    RuleName: 'x',
    Actions: [{ FindingFieldsUpdate: { Workflow: { Status: status } } }],
  };
}

const WEB_ACL = 'arn:aws:wafv2:us-east-1:112233445566:regional/webacl/w/1';

describe('logs', () => {
  test.each<Call>([
    ['bedrock', 'DeleteModelInvocationLoggingConfiguration', null],
    ['bedrock', 'PutModelInvocationLoggingConfiguration', modelLogs(false)],
    ['bedrock', 'PutModelInvocationLoggingConfiguration', { loggingConfig: {} }],
    ['apigateway', 'UpdateStage', logLevel('OFF')],
    ['wafv2', 'DeleteLoggingConfiguration', { resourceArn: WEB_ACL }],
    ['redshift', 'DisableLogging', { clusterIdentifier: 'dw' }],
    ['route53resolver', 'DisassociateResolverQueryLogConfig', { resolverQueryLogConfigId: 'r' }],
    ['route53resolver', 'DeleteResolverQueryLogConfig', { resolverQueryLogConfigId: 'r' }],
    ['route53', 'DeleteQueryLoggingConfig', { id: '1-2-3' }],
    ['eks', 'UpdateClusterConfig', clusterLogs(false)],
    ['rds', 'ModifyDBInstance', databaseLogs('disableLogTypes')],
    ['elasticloadbalancing', 'ModifyLoadBalancerAttributes', balancer('false')],
    [
      'elasticloadbalancing',
      'ModifyLoadBalancerAttributes',
      { loadBalancerName: 'old', loadBalancerAttributes: { accessLog: { enabled: false } } },
    ],
    ['apigateway', 'UpdateStage', stage('remove')],
    ['apigateway', 'DeleteAccessLogSettings', { apiId: 'h1', stageName: 'prod' }],
    ['cloudfront', 'DeleteRealtimeLogConfig', { name: 'r' }],
    ['cloudfront', 'DeleteRealtimeLogConfig2020_05_31', { name: 'r' }],
    ['network-firewall', 'UpdateLoggingConfiguration', { firewallName: 'fw' }],
    ['securitylake', 'DeleteDataLake', { regions: ['us-east-1'] }],
    ['detective', 'DeleteGraph', { GraphArn: 'arn:aws:detective:us-east-1:112233445566:graph:1' }],
    ['guardduty', 'CreateTrustedEntitySet', { detectorId: 'd', name: 't' }],
    ['access-analyzer', 'CreateArchiveRule', { analyzerName: 'a', ruleName: 'all' }],
    ['securityhub', 'CreateAutomationRule', automation('SUPPRESSED')],
    ['organizations', 'DisableAWSServiceAccess', { servicePrincipal: 'cloudtrail.amazonaws.com' }],
    [
      'organizations',
      'DeregisterDelegatedAdministrator',
      { accountId: '444455556666', servicePrincipal: 'guardduty.amazonaws.com' },
    ],
    [
      'cloudtrail',
      'DeregisterOrganizationDelegatedAdmin',
      { delegatedAdminAccountId: '444455556666' },
    ],
    ['ssm', 'UpdateDocument', { name: 'SSM-SessionManagerRunShell' }],
    ['states', 'UpdateStateMachine', { loggingConfiguration: { level: 'OFF' } }],
    retention(1),
    lifecycle('aws-cloudtrail-logs-112233445566-1a2b'),
    lifecycle('acme-access-logs'),
  ])('are weaker after %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('logs');
  });

  test.each<Call>([
    ['bedrock', 'PutModelInvocationLoggingConfiguration', modelLogs(true)],
    ['eks', 'UpdateClusterConfig', clusterLogs(true)],
    ['rds', 'ModifyDBInstance', databaseLogs('enableLogTypes')],
    ['elasticloadbalancing', 'ModifyLoadBalancerAttributes', balancer('true')],
    ['apigateway', 'UpdateStage', stage('replace')],
    ['apigateway', 'UpdateStage', logLevel('INFO')],
    ['securityhub', 'CreateAutomationRule', automation('NOTIFIED')],
    ['access-analyzer', 'DeleteArchiveRule', { analyzerName: 'a', ruleName: 'all' }],
    [
      'organizations',
      'DisableAWSServiceAccess',
      { servicePrincipal: 'license-manager.amazonaws.com' },
    ],
    [
      'organizations',
      'DeregisterDelegatedAdministrator',
      { accountId: '444455556666', servicePrincipal: 'license-manager.amazonaws.com' },
    ],
    retention(90),
    lifecycle('acme-orders'),
    lifecycle('acme-blog'),
  ])('are not weaker after %s %s %o', (...call) => {
    expect(lastConcern(call)).not.toBe('logs');
  });

  test('are weaker where a log group is to keep events for a shorter time than before', () => {
    expect(lastConcern(retention(365), retention(90))).toBe('logs');
    expect(lastConcern(retention(90), retention(365))).toBe('other');
    const endless: Call = ['logs', 'DeleteRetentionPolicy', { logGroupName: '/ct' }];
    expect(lastConcern(endless, retention(90))).toBe('logs');
    const made: Call = ['logs', 'CreateLogGroup', { logGroupName: '/ct' }];
    expect(lastConcern(made, retention(3))).toBe('other');
  });

  test('are weaker where a firewall writes fewer than before', () => {
    expect(lastConcern(firewallLogs('FLOW', 'ALERT'), firewallLogs('FLOW'))).toBe('logs');
    expect(lastConcern(firewallLogs('FLOW'), firewallLogs('FLOW', 'ALERT'))).toBe('other');
  });

  test.each<Call>([
    ['cloudtrail', 'CreateTrail', { name: 't', s3BucketName: 'acme-history' }],
    [
      's3',
      'PutBucketLogging',
      {
        bucketName: 'web',
        BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'acme-history' } },
      },
    ],
    [
      'ec2',
      'CreateFlowLogs',
      { CreateFlowLogsRequest: { LogDestination: 'arn:aws:s3:::acme-history/vpc/' } },
    ],
    ['config', 'PutDeliveryChannel', { deliveryChannel: { s3BucketName: 'acme-history' } }],
  ])('are lost with the objects of a bucket that %s %s %o names', (...call) => {
    expect(lastConcern(call, lifecycle('acme-history'))).toBe('logs');
  });

  test('that are on again end the state', () => {
    const { findings } = told(
      ['bedrock', 'DeleteModelInvocationLoggingConfiguration', null],
      ['bedrock', 'PutModelInvocationLoggingConfiguration', modelLogs(true)],
      retention(1),
      retention(365),
      ['eks', 'UpdateClusterConfig', clusterLogs(false)],
      ['eks', 'UpdateClusterConfig', clusterLogs(true)],
      ['rds', 'ModifyDBInstance', databaseLogs('disableLogTypes')],
      ['rds', 'ModifyDBInstance', databaseLogs('enableLogTypes')],
      ['elasticloadbalancing', 'ModifyLoadBalancerAttributes', balancer('false')],
      ['elasticloadbalancing', 'ModifyLoadBalancerAttributes', balancer('true')],
    );
    const ends = [...findings].flatMap(({ states }) => states.map(({ end }) => end));
    expect(ends).toEqual(['seen', 'seen', 'seen', 'seen', 'seen', 'seen']);
  });
});

const OWN = 'arn:aws:iam::112233445566:root';

function trust(AWS: string): Call {
  const policy = { Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }] };
  return [
    'iam',
    'UpdateAssumeRolePolicy',
    { roleName: 'Deploy', policyDocument: JSON.stringify(policy) },
  ];
}

/** A policy of an organization that allows all, and what is denied. */
function limit(...denied: readonly string[]): JsonObject {
  const Statement = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    ...denied.map((Action) => ({ Effect: 'Deny', Action, Resource: '*' })),
  ];
  return { policyId: 'p-1234', content: JSON.stringify({ Statement }) };
}

function accepted(action: string): Special {
  const responseElements = { handshake: { id: 'h-1', action, state: 'ACCEPTED' } };
  return ['organizations', 'AcceptHandshake', { handshakeId: 'h-1' }, { responseElements }];
}

function moved(destinationParentId: string): Call {
  const request = { accountId: '444455556666', sourceParentId: 'ou-1', destinationParentId };
  return ['organizations', 'MoveAccount', request];
}

function lakeAdmins(...admins: readonly string[]): JsonObject {
  const dataLakeAdmins = admins.map((admin) => ({ dataLakePrincipalIdentifier: admin }));
  return { dataLakeSettings: { dataLakeAdmins } };
}

function layers(account: string, name = 'x'): JsonObject {
  return { functionName: 'f', layers: [`arn:aws:lambda:us-east-1:${account}:layer:${name}:1`] };
}

function publicBlock(isOn: boolean): JsonObject {
  const names = [
    'BlockPublicAcls',
    'IgnorePublicAcls',
    'BlockPublicPolicy',
    'RestrictPublicBuckets',
  ];
  const block = Object.fromEntries(names.map((name) => [name, isOn]));
  return { bucketName: 'b', PublicAccessBlockConfiguration: block };
}

describe('ways in', () => {
  test.each<Call>([
    ['sso-directory', 'DeleteMfaDeviceForUser', { userId: 'u', deviceId: 'd' }],
    ['sso', 'DeletePermissionsBoundaryFromPermissionSet', { permissionSetArn: 'ps-1' }],
    ['ds', 'DisableRadius', { directoryId: 'd-1' }],
    ['cognito-idp', 'SetUserPoolMfaConfig', { userPoolId: 'p', mfaConfiguration: 'OFF' }],
    ['organizations', 'LeaveOrganization', null],
    ['organizations', 'RemoveAccountFromOrganization', { accountId: '444455556666' }],
    ['organizations', 'UpdatePolicy', limit()],
    ['organizations', 'AcceptHandshake', { handshakeId: 'h-1' }],
    moved('r-ab12'),
    ['controltower', 'DisableControl', { controlIdentifier: 'c', targetIdentifier: 'ou-1' }],
    ['transfer', 'ImportSshPublicKey', { serverId: 's', userName: 'ann', sshPublicKeyBody: 'k' }],
    ['transfer', 'CreateUser', { serverId: 's', userName: 'ann', sshPublicKeyBody: 'k' }],
    ['lightsail', 'CreateKeyPair', { keyPairName: 'k' }],
    ['lightsail', 'CreateBucketAccessKey', { bucketName: 'b' }],
    ['glue', 'UpdateDevEndpoint', { endpointName: 'dev', addPublicKeys: ['k'] }],
    ['ssm', 'CreateActivation', { iamRole: 'Machines' }],
    ['rds', 'ModifyDBInstance', { dBInstanceIdentifier: 'pg', masterUserPassword: '****' }],
    ['redshift', 'ModifyCluster', { clusterIdentifier: 'dw', masterUserPassword: '****' }],
    ['redshift-serverless', 'UpdateNamespace', { namespaceName: 'n', adminUserPassword: '***' }],
    ['elasticache', 'ModifyUser', { userId: 'app', noPasswordRequired: true }],
    ['ds', 'ResetUserPassword', { directoryId: 'd-1', userName: 'ann' }],
    ['cognito-idp', 'AdminSetUserPassword', { userPoolId: 'p', username: 'ann' }],
    ['eks', 'AssociateIdentityProviderConfig', { name: 'prod', oidc: { clientId: 'c' } }],
    ['eks', 'CreatePodIdentityAssociation', { name: 'prod', serviceAccount: 'x' }],
    ['lakeformation', 'PutDataLakeSettings', lakeAdmins('arn:aws:iam::112233445566:user/ann')],
    ['account', 'AcceptPrimaryEmailUpdate', { accountId: '444455556666' }],
    ['s3', 'DeleteAccountPublicAccessBlock', null],
    ['s3', 'PutBucketPublicAccessBlock', publicBlock(false)],
    ['ec2', 'DisableSnapshotBlockPublicAccess', null],
    ['ec2', 'DisableImageBlockPublicAccess', null],
    ['iam', 'DeleteRolePermissionsBoundary', { roleName: 'Dev' }],
    ['iam', 'DeleteUserPermissionsBoundary', { userName: 'ben' }],
    ['organizations', 'DetachPolicy', { policyId: 'p-1234', targetId: '112233445566' }],
    ['organizations', 'DisablePolicyType', { rootId: 'r-1', policyType: 'SERVICE_CONTROL_POLICY' }],
    ['ec2', 'ModifyInstanceAttribute', { instanceId: 'i-1', userData: '<sensitiveDataRemoved>' }],
    ['ec2', 'ReplaceIamInstanceProfileAssociation', null],
    ['ssm', 'CreateAssociation', { name: 'AWS-RunShellScript' }],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', layers('999988887777')],
    [
      'cognito-identity',
      'SetIdentityPoolRoles',
      { identityPoolId: 'x:p', roles: { unauthenticated: 'arn:aws:iam::112233445566:role/r' } },
    ],
    [
      'lambda',
      'UpdateFunctionConfiguration20150331v2',
      layers('999988887777', 'LambdaInsightsExtension'),
    ],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', layers('580247275435')],
  ])('are made by %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('access');
  });

  test.each<Call>([
    ['s3', 'PutBucketPublicAccessBlock', publicBlock(true)],
    ['ec2', 'EnableSnapshotBlockPublicAccess', { state: 'block-all-sharing' }],
    ['ec2', 'DisableEbsEncryptionByDefault', null],
    ['cognito-idp', 'SetUserPoolMfaConfig', { userPoolId: 'p', mfaConfiguration: 'ON' }],
    ['sso', 'DeleteInlinePolicyFromPermissionSet', { permissionSetArn: 'ps-1' }],
    ['organizations', 'UpdatePolicy', limit('iam:*')],
    ['organizations', 'UpdatePolicy', { policyId: 'p-1234', name: 'new' }],
    ['organizations', 'CreatePolicy', { name: 'all', type: 'SERVICE_CONTROL_POLICY' }],
    moved('ou-ab12-prod'),
    ['transfer', 'CreateUser', { serverId: 's', userName: 'ann' }],
    ['glue', 'UpdateDevEndpoint', { endpointName: 'dev', deletePublicKeys: ['k'] }],
    ['rds', 'ModifyDBInstance', { dBInstanceIdentifier: 'pg', dBInstanceClass: 'db.m6g.large' }],
    ['redshift', 'ModifyCluster', { clusterIdentifier: 'dw', nodeType: 'ra3.4xlarge' }],
    ['lakeformation', 'PutDataLakeSettings', lakeAdmins()],
    ['organizations', 'DetachPolicy', { policyId: 'p-FullAWSAccess', targetId: '112233445566' }],
    ['organizations', 'DisablePolicyType', { rootId: 'r-1', policyType: 'TAG_POLICY' }],
    ['ec2', 'ModifyInstanceAttribute', { instanceId: 'i-1', instanceType: { value: 'm5.large' } }],
    ['ssm', 'CreateAssociation', { name: 'AWS-UpdateSSMAgent' }],
    ['lambda', 'UpdateFunctionConfiguration20150331v2', layers('112233445566')],
    [
      'lambda',
      'UpdateFunctionConfiguration20150331v2',
      layers('580247275435', 'LambdaInsightsExtension'),
    ],
    [
      'lambda',
      'UpdateFunctionConfiguration20150331v2',
      layers('017000801446', 'AWSLambdaPowertoolsPythonV3-python312-x86_64'),
    ],
  ])('are not made by %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('other');
  });

  test('are made by the invitation of another organization, not by what the own one asks', () => {
    expect(lastConcern(accepted('INVITE'))).toBe('access');
    expect(lastConcern(accepted('ENABLE_ALL_FEATURES'))).toBe('other');
  });

  test('are not made by a trust policy in place of one that let others in', () => {
    expect(lastConcern(trust('*'))).toBe('exposed');
    expect(lastConcern(trust('*'), trust(OWN))).toBe('other');
    expect(lastConcern(trust(OWN))).toBe('access');
  });
});

describe('data', () => {
  test.each<Call>([
    ['rds', 'StartExportTask', { s3BucketName: 'b' }],
    ['dynamodb', 'ExportTableToPointInTime', { s3Bucket: 'b' }],
    ['ec2', 'CreateStoreImageTask', { bucket: 'b' }],
    ['ec2', 'CreateInstanceExportTask', null],
    ['logs', 'CreateExportTask', { destination: 'b' }],
    ['elasticache', 'CopySnapshot', { sourceSnapshotName: 's', targetBucket: 'b' }],
    ['datasync', 'StartTaskExecution', null],
    ['acm', 'ExportCertificate', { certificateArn: 'c' }],
    ['ecs', 'ExecuteCommand', { cluster: 'm', command: '/bin/sh', task: 't1' }],
    ['ec2-instance-connect', 'SendSSHPublicKey', { instanceId: 'i-1' }],
    ['ec2-instance-connect', 'SendSerialConsoleSSHPublicKey', { instanceId: 'i-1' }],
    ['ec2-instance-connect', 'OpenTunnel', { remotePort: '22' }],
    ['ssm', 'ResumeSession', { sessionId: 's' }],
    ['sagemaker', 'CreatePresignedNotebookInstanceUrl', { notebookInstanceName: 'n' }],
    ['lightsail', 'GetInstanceAccessDetails', { instanceName: 'blog' }],
    ['lightsail', 'DownloadDefaultKeyPair', null],
  ])('is handed out by %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('data');
  });

  test.each<Call>([
    ['ssm', 'TerminateSession', { sessionId: 's' }],
    ['cloudshell', 'CreateSession', null],
    ['eks', 'AccessKubernetesApi', { name: 'prod' }],
  ])('is not handed out by %s %s %o', (...call) => {
    expect(lastConcern(call)).not.toBe('data');
  });

  test('is not handed out by a backup within the service', () => {
    expect(lastConcern(['elasticache', 'CopySnapshot', { sourceSnapshotName: 's' }])).toBe('other');
  });
});

describe('data and backups', () => {
  const snapshot: Call = ['rds', 'DeleteDBSnapshot', { dBSnapshotIdentifier: 's' }];

  test.each<Call>([
    ['s3', 'DeleteBucket', { bucketName: 'b' }],
    ['rds', 'DeleteDBInstance', { dBInstanceIdentifier: 'pg', skipFinalSnapshot: true }],
    ['rds', 'ModifyDBInstance', { dBInstanceIdentifier: 'pg', backupRetentionPeriod: 0 }],
    ['ec2', 'DeleteSnapshot', { snapshotId: 'snap-1' }],
    ['backup', 'DeleteBackupVaultLockConfiguration', { backupVaultName: 'Default' }],
    ['kms', 'ScheduleKeyDeletion', { keyId: 'k', pendingWindowInDays: 7 }],
    [
      'dynamodb',
      'UpdateContinuousBackups',
      { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } },
    ],
    [
      's3',
      'PutBucketVersioning',
      { bucketName: 'b', VersioningConfiguration: { Status: 'Suspended' } },
    ],
    ['secretsmanager', 'DeleteSecret', { secretId: 'db', forceDeleteWithoutRecovery: true }],
    ['ecr', 'DeleteRepository', { repositoryName: 'pay', force: true }],
    ['sqs', 'PurgeQueue', { queueUrl: 'https://sqs.us-east-1.amazonaws.com/112233445566/jobs' }],
    ['kinesis', 'DeleteStream', { streamName: 'clicks' }],
    ['kafka', 'DeleteCluster', { clusterArn: 'c' }],
    ['lightsail', 'DeleteRelationalDatabase', { relationalDatabaseName: 'db' }],
    ['redshift', 'ModifyCluster', { clusterIdentifier: 'dw', automatedSnapshotRetentionPeriod: 0 }],
    ['cognito-idp', 'DeleteUserPool', { userPoolId: 'us-east-1_Ab12Cd34E' }],
    ['codecommit', 'DeleteRepository', { repositoryName: 'infra' }],
    ['aoss', 'DeleteCollection', { id: 'c' }],
    ['docdb-elastic', 'DeleteCluster', { clusterArn: 'c' }],
    ['timestream', 'DeleteTable', { databaseName: 'd', tableName: 't' }],
    ['dsql', 'DeleteCluster', { identifier: 'c' }],
    ['cassandra', 'DropTable', { rawQuery: 'DROP TABLE k.t' }],
    ['s3tables', 'DeleteTable', { namespace: 'n', name: 't' }],
    ['organizations', 'CloseAccount', { accountId: '444455556666' }],
    lifecycle('acme-orders'),
    // The calls are of 2026-01-12.
    expiringOn('acme-orders', '2020-01-01T00:00:00.000Z'),
    expiringOn('acme-orders', '2026-01-18T00:00:00.000Z'),
    snapshot,
  ])('are destroyed by %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('destroyed');
  });

  test.each<Call>([
    ['secretsmanager', 'DeleteSecret', { secretId: 'db', recoveryWindowInDays: 7 }],
    ['ecr', 'DeleteRepository', { repositoryName: 'empty' }],
    ['redshift', 'ModifyCluster', { clusterIdentifier: 'dw', automatedSnapshotRetentionPeriod: 7 }],
    ['sqs', 'DeleteQueue', { queueUrl: 'https://sqs.us-east-1.amazonaws.com/112233445566/jobs' }],
    ['ec2', 'TerminateInstances', { instancesSet: { items: [{ instanceId: 'i-1' }] } }],
  ])('are not destroyed by %s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('other');
  });

  test('are not destroyed where a person deletes what the person made just before', () => {
    const request = { dBSnapshotIdentifier: 's', dBInstanceIdentifier: 'pg' };
    expect(lastConcern(['rds', 'CreateDBSnapshot', request], snapshot)).toBe('other');
    const key = { responseElements: { keyMetadata: { keyId: 'k' } } };
    const scheduled: Call = ['kms', 'ScheduleKeyDeletion', { keyId: 'k', pendingWindowInDays: 7 }];
    expect(lastConcern(['kms', 'CreateKey', {}, key], scheduled)).toBe('other');
  });

  const table = { tableName: 't' };
  const made: Call = ['dynamodb', 'CreateTable', table];
  const deleted: Call = ['dynamodb', 'DeleteTable', table];

  test('are destroyed where the call that made it also succeeds if it is there', () => {
    const bucket = { bucketName: 'b' };
    const again: Call = ['s3', 'CreateBucket', bucket];
    expect(lastConcern(again, ['s3', 'DeleteBucket', bucket])).toBe('destroyed');
  });

  test('are destroyed where it is made again at the same instant, in any order', () => {
    const at = { eventTime: '2026-01-12T09:00:00.000Z' };
    const both = [
      [...made, at],
      [...deleted, at],
    ] as const;
    for (const [one, other] of [both, both.toReversed()])
      expect(told(one ?? made, other ?? deleted).summary.concerns.destroyed).toBe(1);
  });

  test('are destroyed under the name of what was made, which then had another', () => {
    const database = (name: string): JsonObject => ({ dBInstanceIdentifier: name });
    const renamed = (from: string, to: string): Call => [
      'rds',
      'ModifyDBInstance',
      { ...database(from), newDBInstanceIdentifier: to, applyImmediately: true },
    ];
    const last: Call = ['rds', 'DeleteDBInstance', database('mine')];
    const mine: Call = ['rds', 'CreateDBInstance', database('mine')];
    expect(lastConcern(mine, last)).toBe('other');
    expect(lastConcern(mine, renamed('mine', 'x'), renamed('prod', 'mine'), last)).toBe(
      'destroyed',
    );
  });

  test('are not destroyed with an instance of Aurora, whose data is in the cluster', () => {
    const reader: Call = ['rds', 'DeleteDBInstance', { dBInstanceIdentifier: 'reader' }];
    expect(lastConcern(reader)).toBe('destroyed');
    const [service, name, request] = reader;
    const responseElements = { dBClusterIdentifier: 'c' };
    expect(lastConcern([service, name, request, { responseElements }])).toBe('other');
  });
});

test('taking away the target of a foreign account weakens no logs', () => {
  const put = (account: string): Special => {
    const arn = `arn:aws:events:us-east-1:${account}:event-bus/x`;
    const call: Call = ['events', 'PutTargets', { rule: 'r', targets: [{ id: '1', arn }] }];
    const { change } = changes(call)[0] ?? {};
    if (change === undefined || change === null || change.grantees.length === 0) return call;
    const [service, name, request] = call;
    const exposure = { peer: 'foreign account', direction: 'ingress' } as const;
    return [service, name, request, { change: { ...change, exposure } }];
  };
  const removed: Call = ['events', 'RemoveTargets', { rule: 'r', ids: ['1'] }];
  expect(lastConcern(removed)).toBe('logs');
  expect(lastConcern(put('444455556666'), removed)).toBe('other');
  // It may have taken the place of another target.
  expect(lastConcern(put('112233445566'), removed)).toBe('logs');
  expect(lastConcern(put('444455556666'), put('112233445566'), removed)).toBe('logs');
});

describe('the logs are not weaker for', () => {
  test.each<Call>([
    ['config', 'PutStoredQuery', { storedQuery: { queryName: 'q', expression: 'SELECT 1' } }],
    ['config', 'PutRetentionConfiguration', { retentionPeriodInDays: 2557 }],
    [
      'config',
      'PutConfigurationRecorder',
      { configurationRecorder: { name: 'r', recordingGroup: { allSupported: true } } },
    ],
    ['guardduty', 'UpdateFindingsFeedback', { detectorId: 'd', feedback: 'USEFUL' }],
    ['guardduty', 'UpdateOrganizationConfiguration', { autoEnableOrganizationMembers: 'ALL' }],
    ['inspector2', 'UpdateOrganizationConfiguration', { autoEnable: { ec2: true, ecr: true } }],
    ['securityhub', 'UpdateOrganizationConfiguration', { autoEnable: true }],
    ['securityhub', 'UpdateSecurityHubConfiguration', { autoEnableControls: true }],
    ['securityhub', 'UpdateInsight', { insightArn: 'arn', name: 'n' }],
    [
      'macie2',
      'PutFindingsPublicationConfiguration',
      { securityHubConfiguration: { publishPolicyFindings: true } },
    ],
    ['cloudtrail', 'UpdateTrail', { name: 't', snsTopicName: 's' }],
    ['cloudtrail', 'UpdateEventDataStore', { eventDataStore: 'e', retentionPeriod: 2557 }],
  ])('%s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('other');
  });
});

describe('the logs are weaker for', () => {
  test.each<Call>([
    ['config', 'PutRetentionConfiguration', { retentionPeriodInDays: 30 }],
    [
      'config',
      'PutConfigurationRecorder',
      { configurationRecorder: { name: 'r', recordingGroup: { allSupported: false } } },
    ],
    ['guardduty', 'UpdateOrganizationConfiguration', { autoEnableOrganizationMembers: 'NONE' }],
    [
      'guardduty',
      'UpdateOrganizationConfiguration',
      { detectorId: 'd', dataSources: { s3Logs: { autoEnable: false } } },
    ],
    [
      'cloudtrail',
      'UpdateTrail',
      { name: 't', snsTopicName: 's', cloudWatchLogsRoleArn: 'arn:aws:iam::1:role/none' },
    ],
    [
      'guardduty',
      'UpdateOrganizationConfiguration',
      {
        autoEnableOrganizationMembers: 'ALL',
        features: [{ name: 'S3_DATA_EVENTS', autoEnable: 'NONE' }],
      },
    ],
    ['inspector2', 'UpdateOrganizationConfiguration', { autoEnable: { ec2: false, ecr: true } }],
    ['securityhub', 'UpdateOrganizationConfiguration', { autoEnable: false }],
    ['securityhub', 'UpdateSecurityHubConfiguration', { autoEnableControls: false }],
    [
      'macie2',
      'PutFindingsPublicationConfiguration',
      { securityHubConfiguration: { publishPolicyFindings: false } },
    ],
    ['cloudtrail', 'UpdateTrail', { name: 't', snsTopicName: 's', isMultiRegionTrail: false }],
    [
      'cloudtrail',
      'UpdateEventDataStore',
      { eventDataStore: 'e', retentionPeriod: 2557, advancedEventSelectors: [{ name: 'none' }] },
    ],
    [
      'cloudtrail',
      'UpdateEventDataStore',
      { eventDataStore: 'e', retentionPeriod: 2557, terminationProtectionEnabled: false },
    ],
  ])('%s %s %o', (...call) => {
    expect(lastConcern(call)).toBe('logs');
  });
});
