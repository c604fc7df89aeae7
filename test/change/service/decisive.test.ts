/** What decides in a request is in the sentence: where new instances come from, who gets the logs, which address a service has. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../../support/change.js';

type Row = [sentence: string, service: string, name: string, request: Json, response?: Json];

const FOREIGN_KEY = 'arn:aws:kms:eu-central-1:222222222222:key/1';

it.each<Row>([
  [
    'launched p3.16xlarge from ami-1 with user data at spot prices protected from being terminated and being stopped',
    'ec2',
    'RunInstances',
    {
      instancesSet: { items: [{ imageId: 'ami-1', minCount: 1, maxCount: 1 }] },
      instanceType: 'p3.16xlarge',
      userData: '<sensitiveDataRemoved>',
      instanceMarketOptions: { marketType: 'spot' },
      disableApiTermination: true,
      disableApiStop: true,
    },
  ],
  [
    'created launch template lt-1 "x" for c6i.32xlarge from ami-1 as admin with user data at spot prices',
    'ec2',
    'CreateLaunchTemplate',
    {
      CreateLaunchTemplateRequest: {
        LaunchTemplateName: 'x',
        LaunchTemplateData: {
          ImageId: 'ami-1',
          InstanceType: 'c6i.32xlarge',
          UserData: '<sensitiveDataRemoved>',
          InstanceMarketOptions: { MarketType: 'spot' },
          IamInstanceProfile: { Name: 'admin' },
        },
      },
    },
    {
      CreateLaunchTemplateResponse: {
        launchTemplate: { launchTemplateId: 'lt-1', launchTemplateName: 'x' },
      },
    },
  ],
  [
    'created version 2 of launch template lt-1 for with user data like version 1',
    'ec2',
    'CreateLaunchTemplateVersion',
    {
      CreateLaunchTemplateVersionRequest: {
        LaunchTemplateId: 'lt-1',
        SourceVersion: 1,
        LaunchTemplateData: { UserData: '<sensitiveDataRemoved>' },
      },
    },
    { CreateLaunchTemplateVersionResponse: { launchTemplateVersion: { versionNumber: 2 } } },
  ],
  [
    'created DHCP options dopt-1 with domain-name-servers 192.0.2.1, 192.0.2.2',
    'ec2',
    'CreateDhcpOptions',
    {
      dhcpConfigurationSet: {
        items: [
          {
            key: 'domain-name-servers',
            valueSet: { items: [{ value: '192.0.2.1' }, { value: '192.0.2.2' }] },
          },
        ],
      },
    },
    { dhcpOptions: { dhcpOptionsId: 'dopt-1' } },
  ],
  [
    'created stack set base, which may change users, roles and policies of IAM, for accounts of the organization, also for those that join it later',
    'cloudformation',
    'CreateStackSet',
    {
      stackSetName: 'base',
      permissionModel: 'SERVICE_MANAGED',
      autoDeployment: { enabled: true, retainStacksOnAccountRemoval: true },
      capabilities: ['CAPABILITY_NAMED_IAM'],
    },
  ],
  [
    'created stacks of stack set base in all accounts of r-abcd but accounts 222222222222 in eu-central-1',
    'cloudformation',
    'CreateStackInstances',
    {
      stackSetName: 'base',
      deploymentTargets: {
        organizationalUnitIds: ['r-abcd'],
        accounts: ['222222222222'],
        accountFilterType: 'DIFFERENCE',
      },
      regions: ['eu-central-1'],
    },
  ],
  [
    'set metric filter f of log group /trail for { $.x = "never" }',
    'logs',
    'PutMetricFilter',
    { logGroupName: '/trail', filterName: 'f', filterPattern: '{ $.x = "never" }' },
  ],
  [
    'created automation rule of Security Hub x: it suppresses findings, it gives findings severity LOW',
    'securityhub',
    'CreateAutomationRule',
    {
      RuleName: 'x',
      RuleStatus: 'ENABLED',
      Actions: [
        {
          Type: 'FINDING_FIELDS_UPDATE',
          FindingFieldsUpdate: { Workflow: { Status: 'SUPPRESSED' }, Severity: { Label: 'LOW' } },
        },
      ],
    },
  ],
  [
    'changed distribution E1: from example.com, no standard logs to a bucket, also without TLS',
    'cloudfront',
    'UpdateDistribution2020_05_31',
    {
      id: 'E1',
      distributionConfig: {
        enabled: true,
        origins: { quantity: 1, items: [{ domainName: 'example.com' }] },
        defaultCacheBehavior: { viewerProtocolPolicy: 'allow-all' },
        logging: { enabled: false, bucket: '' },
      },
    },
  ],
  [
    'created service c/s: runs t:1, tasks wanted: 50, with public addresses',
    'ecs',
    'CreateService',
    {
      cluster: 'c',
      serviceName: 's',
      taskDefinition: 't:1',
      desiredCount: 50,
      networkConfiguration: { awsvpcConfiguration: { assignPublicIp: 'ENABLED' } },
    },
  ],
  [
    'created task definition t: a/b, among the processes of the host, with / of the host',
    'ecs',
    'RegisterTaskDefinition',
    {
      family: 't',
      containerDefinitions: [{ image: 'a/b' }],
      pidMode: 'host',
      volumes: [{ name: 'all', host: { sourcePath: '/' } }],
    },
  ],
  [
    'changed function f: environment variables A, B',
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: 'f', environment: { variables: { A: 'secret', B: 'secret' } } },
  ],
  [
    'changed function f (how is not in the record: perhaps its environment variables)',
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: 'f', environment: {} },
  ],
  [
    'changed function f: deadLetterConfig.targetArn arn:aws:sqs:eu-central-1:222222222222:q',
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    {
      functionName: 'f',
      deadLetterConfig: { targetArn: 'arn:aws:sqs:eu-central-1:222222222222:q' },
    },
  ],
  [
    `exported snapshot-1 to bucket b as role with key ${FOREIGN_KEY} of account 222222222222`,
    'rds',
    'StartExportTask',
    { sourceArn: 'snapshot-1', s3BucketName: 'b', iamRoleArn: 'role', kmsKeyId: FOREIGN_KEY },
  ],
  [
    'switched on website of bucket b: it sends visitors to example.net',
    's3',
    'PutBucketWebsite',
    {
      bucketName: 'b',
      WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: 'example.net' } },
    },
  ],
  [
    'created association of document AWS-RunShellScript with all instances: it runs a shell command, on schedule rate(30 minutes)',
    'ssm',
    'CreateAssociation',
    {
      name: 'AWS-RunShellScript',
      targets: [{ key: 'InstanceIds', values: ['*'] }],
      scheduleExpression: 'rate(30 minutes)',
      parameters: 'HIDDEN_DUE_TO_SECURITY_REASONS',
    },
  ],
  [
    'created association of document Deploy with instances with tag:Env prod: it runs what it says',
    'ssm',
    'CreateAssociation',
    { name: 'Deploy', targets: [{ key: 'tag:Env', values: ['prod'] }] },
  ],
  [
    'created association of document AWS-GatherSoftwareInventory with i-1',
    'ssm',
    'CreateAssociation',
    { name: 'AWS-GatherSoftwareInventory', instanceId: 'i-1' },
  ],
  [
    'changed association aid-1: it runs a PowerShell command, on schedule rate(1 hour)',
    'ssm',
    'UpdateAssociation',
    {
      associationId: 'aid-1',
      name: 'AWS-RunPowerShellScript',
      scheduleExpression: 'rate(1 hour)',
    },
  ],
  [
    'created associations of documents AWS-RunShellScript with i-1: it runs a shell command, AWS-UpdateSSMAgent with i-2',
    'ssm',
    'CreateAssociationBatch',
    {
      entries: [
        { name: 'AWS-RunShellScript', instanceId: 'i-1' },
        { name: 'AWS-UpdateSSMAgent', instanceId: 'i-2' },
      ],
    },
  ],
  [
    'added task to maintenance window mw-1: it runs a shell command on i-1 as role r',
    'ssm',
    'RegisterTaskWithMaintenanceWindow',
    {
      windowId: 'mw-1',
      taskType: 'RUN_COMMAND',
      taskArn: 'AWS-RunShellScript',
      serviceRoleArn: 'arn:aws:iam::111111111111:role/r',
      targets: [{ key: 'InstanceIds', values: ['i-1'] }],
    },
  ],
  [
    'changed task of maintenance window mw-1: it runs function f',
    'ssm',
    'UpdateMaintenanceWindowTask',
    {
      windowId: 'mw-1',
      taskType: 'LAMBDA',
      taskArn: 'arn:aws:lambda:eu-central-1:111111111111:function:f',
    },
  ],
  [
    "copied b/k to object b/k, encrypted with a key of the caller's own",
    's3',
    'CopyObject',
    {
      bucketName: 'b',
      key: 'k',
      'x-amz-copy-source': 'b/k',
      'x-amz-server-side-encryption-customer-algorithm': 'AES256',
    },
  ],
  [
    'put object b/k, encrypted with a key of account 222222222222',
    's3',
    'PutObject',
    {
      bucketName: 'b',
      key: 'k',
      'x-amz-server-side-encryption-aws-kms-key-id': FOREIGN_KEY,
    },
  ],
  [
    'set alarm a on metric CPU, when GreaterThanThreshold 1000, without actions',
    'monitoring',
    'PutMetricAlarm',
    {
      alarmName: 'a',
      metricName: 'CPU',
      comparisonOperator: 'GreaterThanThreshold',
      threshold: 1000,
      alarmActions: [],
    },
  ],
  [
    'created client app of user pool p: people come back to https://example.net',
    'cognito-idp',
    'CreateUserPoolClient',
    { userPoolId: 'p', clientName: 'app', callbackURLs: ['https://example.net'] },
  ],
])('%s', (sentence, service, name, requestParameters, responseElements = null) => {
  const change = changeOf(callOf(service, name, { requestParameters, responseElements }));
  expect(change.sentence).toBe(sentence);
});

describe('a call of which no parameter says more than the others', () => {
  it.each<Row>([
    [
      'changed user pool p: mfaConfiguration OFF, lambdaConfig.preSignUp arn:x',
      'cognito-idp',
      'UpdateUserPool',
      { userPoolId: 'p', mfaConfiguration: 'OFF', lambdaConfig: { preSignUp: 'arn:x' } },
    ],
    [
      'changed cluster c: settings.name containerInsights, settings disabled',
      'ecs',
      'UpdateClusterSettings',
      { cluster: 'c', settings: [{ name: 'containerInsights', value: 'disabled' }] },
    ],
    [
      'changed cluster c: settings none',
      'ecs',
      'UpdateClusterSettings',
      { cluster: 'c', settings: [] },
    ],
    ['changed cluster c', 'ecs', 'UpdateClusterSettings', { cluster: 'c' }],
  ])('%s', (sentence, service, name, requestParameters) => {
    expect(changeOf(callOf(service, name, { requestParameters })).sentence).toBe(sentence);
  });
});
