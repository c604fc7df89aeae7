/** The cases that differ in the change itself: by whom it was made, with what, where, and whether it succeeded. */
import {
  INGRESS,
  EGRESS,
  CREATE,
  dana,
  operator,
  pipeline,
  contractor,
  ssh,
  https,
  flat,
  postgres,
  finding,
  hidden,
} from './cast.mjs';
import {
  authorize,
  BOTO,
  call,
  CLI,
  created,
  OTHER,
  PROD,
  role,
  TERRAFORM,
  user,
} from './events.mjs';

const failure = { responseElements: null };

const byHand = [
  finding(
    'Console, SSH opened to the world',
    'by hand, in a production account',
    call('console', INGRESS, '2026-01-12T09:14:27Z', dana, {
      requestParameters: ssh,
      sessionCredentialFromConsole: 'true',
    }),
  ),
  finding(
    'CLI, a group created',
    'an IAM user is no deployment role; the `groupId` is in `responseElements` only',
    call('cli create', CREATE, '2026-01-12T10:31:05Z', user('legacy-deploy'), {
      userAgent: CLI.replace('authorize-security-group-ingress', 'create-security-group'),
      ...created('cli create', 'jump-host'),
    }),
  ),
  finding(
    'CLI, the flat request shape',
    '`cidrIp` and ports beside an empty `ipPermissions`',
    call('flat', INGRESS, '2026-01-12T10:33:41Z', user('legacy-deploy'), {
      userAgent: `[${CLI}]`,
      requestParameters: flat,
    }),
  ),
  finding(
    'All traffic out, `ipProtocol: "-1"`',
    'a script under an allowed role is not Terraform',
    call('all out', EGRESS, '2026-01-13T02:05:59Z', operator, {
      awsRegion: 'eu-west-1',
      userAgent: BOTO,
      requestParameters: authorize('sg-0e5f6071829304152', { protocol: '-1', cidr: '0.0.0.0/0' }),
    }),
  ),
  finding(
    'All traffic in, over IPv6',
    'ports are 0 where the protocol is `-1`',
    call('all in', INGRESS, '2026-01-13T02:07:12Z', dana, {
      awsRegion: 'eu-west-1',
      requestParameters: authorize('sg-0e5f6071829304152', {
        protocol: '-1',
        port: 0,
        cidr6: '::/0',
      }),
    }),
  ),
  finding(
    'CloudFormation',
    'the description of the rule accepts it, but its parameters allow Terraform only',
    call(
      'cloudformation',
      CREATE,
      '2026-01-13T14:20:33Z',
      { ...pipeline, invokedBy: 'cloudformation.amazonaws.com' },
      {
        sourceIPAddress: 'cloudformation.amazonaws.com',
        userAgent: 'cloudformation.amazonaws.com',
        ...created('cloudformation', 'stack-web-7FQ2'),
      },
    ),
  ),
  finding(
    'A principal of another account',
    'the account that was changed is a production account',
    call('cross', INGRESS, '2026-01-14T16:45:10Z', role('NetworkAudit', 'sam', OTHER), {
      awsRegion: 'ap-southeast-2',
      sourceIPAddress: '192.0.2.44',
      requestParameters: postgres,
    }),
  ),
];

const terraform = (seed, time, who, fields) =>
  call(seed, INGRESS, time, who, { userAgent: TERRAFORM, requestParameters: https, ...fields });

const byTerraform = [
  hidden(
    'Terraform under `Operator`',
    'excluded: allowed tool, allowed role',
    terraform('tf operator', '2026-01-13T11:00:04Z', operator),
  ),
  hidden(
    'Terraform under `ContinousDeployment`, a group created',
    'excluded: allowed tool, allowed role',
    call('tf create', CREATE, '2026-01-13T11:02:48Z', pipeline, {
      userAgent: TERRAFORM,
      ...created('tf create', 'web'),
    }),
  ),
  hidden(
    'Terraform, a role that merely contains `Operator`',
    'also excluded, because the rule tests `contains`: look for it in the exclusion ledger',
    terraform('tf lookalike', '2026-01-14T22:47:31Z', role('NetworkOperatorTrainee', 'eve'), {
      sourceIPAddress: '198.51.100.201',
      requestParameters: ssh,
    }),
  ),
  finding(
    'Terraform user agent, role not allowed',
    'a user agent is easily forged',
    terraform('tf spoofed', '2026-01-14T22:51:09Z', contractor, {
      sourceIPAddress: '198.51.100.201',
      requestParameters: ssh,
    }),
  ),
  finding(
    'Terraform agent with `HashiCorp/10.0`',
    '`?` is exactly one character',
    terraform('tf ten', '2026-01-15T09:30:00Z', operator, {
      userAgent: TERRAFORM.replaceAll('HashiCorp/1.0', 'HashiCorp/10.0'),
    }),
  ),
  finding(
    'No `userAgent`',
    'a missing value matches no wildcard, so nothing excludes the event',
    terraform('no agent', '2026-01-15T09:41:22Z', operator, { userAgent: undefined }),
  ),
  finding(
    'Terraform agent, no `userIdentity.arn`',
    'a missing value contains no role name, so nothing excludes the event',
    terraform('no arn', '2026-01-15T09:44:50Z', {
      type: 'AWSAccount',
      principalId: 'AROAEXAMPLEEXAMPLEEXA:build-42',
      accountId: PROD,
    }),
  ),
];

const failed = [
  hidden(
    'A failed call, `errorCode` only',
    'nothing was changed',
    call('error code', INGRESS, '2026-01-15T13:05:37Z', contractor, {
      errorCode: 'Client.InvalidPermission.Duplicate',
      requestParameters: ssh,
      ...failure,
    }),
  ),
  hidden(
    'A failed call, `errorMessage` only',
    'nothing was changed',
    call('error message', EGRESS, '2026-01-15T13:06:02Z', contractor, {
      errorMessage: 'You are not authorized to perform this operation.',
      requestParameters: https,
      ...failure,
    }),
  ),
  finding(
    'An `errorCode` that is an empty text',
    'an empty text is no error',
    call('error empty', INGRESS, '2026-01-15T13:08:48Z', contractor, {
      errorCode: '',
      requestParameters: https,
    }),
  ),
  finding(
    '`errorCode` and `errorMessage` null',
    'null is missing: the call succeeded',
    call('error null', INGRESS, '2026-01-15T13:11:15Z', contractor, {
      errorCode: null,
      errorMessage: null,
      requestParameters: ssh,
    }),
  ),
];

const elsewhere = [
  hidden(
    'Another account, SSH opened to the world',
    'not a production account; a finding with `--set PROD_ACCOUNT_IDS=any`',
    call('other account', INGRESS, '2026-01-16T08:12:19Z', role('Developer', 'kim', OTHER), {
      requestParameters: ssh,
      recipientAccountId: OTHER,
    }),
  ),
  hidden(
    'Look-alike: RDS',
    'another event name',
    call('rds', 'AuthorizeDBSecurityGroupIngress', '2026-01-16T10:02:26Z', dana, {
      eventSource: 'rds.amazonaws.com',
      requestParameters: { dBSecurityGroupName: 'reporting', cIDRIP: '203.0.113.0/24' },
    }),
  ),
  hidden(
    'Look-alike: EFS',
    'another event name',
    call('efs', 'ModifyMountTargetSecurityGroups', '2026-01-16T10:04:58Z', dana, {
      eventSource: 'elasticfilesystem.amazonaws.com',
      requestParameters: {
        mountTargetId: 'fsmt-0f1e2d3c',
        securityGroups: ['sg-0a1b2c3d4e5f60718'],
      },
      responseElements: null,
    }),
  ),
  hidden(
    'A rule revoked',
    'another event name',
    call('revoke', 'RevokeSecurityGroupIngress', '2026-01-16T10:09:33Z', dana, {
      requestParameters: ssh,
    }),
  ),
];

/** The cases of what was done, by whom, where. */
export const changes = [...byHand, ...byTerraform, ...failed, ...elsewhere];
