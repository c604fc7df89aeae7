/** Who did it, and how: the tables of origins, carriers and classes, case by case. */
import { describe, expect, test } from 'vitest';
import { actorAndHow } from '../../../src/change/actor/actor.js';
import type { CallEvent } from '../../../src/change/actor/caller.js';
import { isObject, type JsonObject } from '../../../src/cloudtrail/json.js';
import { DOMAINS } from '../../../src/cloudtrail/service-name.js';

const ACCOUNT = '111122223333';

function event(own: Partial<CallEvent>): CallEvent {
  return {
    eventName: 'AuthorizeSecurityGroupIngress',
    eventSource: 'ec2.amazonaws.com',
    eventType: 'AwsApiCall',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.13.5 Python/3.11.4',
    sessionCredentialFromConsole: null,
    userIdentity: user(),
    addendum: null,
    extra: null,
    ...own,
  };
}

function user(own: JsonObject = {}): JsonObject {
  return {
    type: 'IAMUser',
    arn: `arn:aws:iam::${ACCOUNT}:user/ann`,
    accessKeyId: 'AKIAEXAMPLE',
    userName: 'ann',
    ...own,
  };
}

function session(path: string, name: string, context: JsonObject = {}): JsonObject {
  const role = path.split('/').at(-1);
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}`,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${ACCOUNT}:role/${path}` }, ...context },
  };
}

function federated(issuer: string): JsonObject {
  return {
    type: 'FederatedUser',
    arn: `arn:aws:sts::${ACCOUNT}:federated-user/alice`,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: { sessionIssuer: { arn: issuer } },
  };
}

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:102.0) Gecko/20100101 Firefox/102.0';
/** The session of a user who signed in to an application through a Cognito identity pool. */
const APP: JsonObject = {
  webIdFederationData: { federatedProvider: 'cognito-identity.amazonaws.com' },
};
const SSO = 'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef';
const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.31.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.24.0 os/linux';

const PORTAL: Partial<CallEvent> = {
  eventType: 'AwsServiceEvent',
  eventSource: 'signin.amazonaws.com',
  eventName: 'CredentialVerification',
  additionalEventData: { UserName: 'dana' },
};

describe('an actor', () => {
  test.each<[string, Partial<CallEvent>, string, string, string]>([
    [
      'an event of AWS',
      { eventType: 'AwsServiceEvent', userIdentity: { invokedBy: 'kms.amazonaws.com' } },
      'service',
      'A',
      'kms.amazonaws.com',
    ],
    [
      'a role without an ARN',
      { userIdentity: { type: 'AssumedRole', userName: 'Deploy' } },
      'assumed role',
      'B',
      'role/Deploy',
    ],
    ...['IdentityCenterUser', 'Unknown'].map(
      (type): [string, Partial<CallEvent>, string, string, string] => [
        `who gives a name to sign in to the portal (${type})`,
        { ...PORTAL, userIdentity: { type, onBehalfOf: { userId: 'u-1' } } },
        type === 'Unknown' ? 'named person' : 'sso person',
        'A',
        'dana',
      ],
    ),
    [
      'who gives what may be a password',
      {
        ...PORTAL,
        additionalEventData: { UserName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
        userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } },
      },
      'sso person',
      'A',
      'u-1',
    ],
    [
      'who fails to sign in to the portal, with nothing but a name',
      { ...PORTAL, userIdentity: { type: 'Unknown', arn: '', principalId: ACCOUNT } },
      'service',
      'A',
      'dana',
    ],
    [
      'a user whom a call of another service is about',
      { additionalEventData: { UserName: 'dana' } },
      'long-lived key',
      'B',
      'user/ann',
    ],
    [
      'an event of AWS that names somebody',
      {
        eventType: 'AwsServiceEvent',
        eventSource: 'workdocs.amazonaws.com',
        userIdentity: { type: 'Unknown', userName: 'ann' },
      },
      'unknown',
      'B',
      'ann (workdocs)',
    ],
    [
      'a user of another service, called like one of IAM',
      {
        userIdentity: {
          type: 'Unknown',
          arn: `arn:aws:quicksight:us-east-1:${ACCOUNT}:user/default/ann`,
          userName: 'ann',
        },
      },
      'unknown',
      'B',
      'ann (quicksight)',
    ],
    [
      'who is at the portal of Identity Center',
      {
        eventType: 'AwsServiceEvent',
        eventSource: 'sso.amazonaws.com',
        userIdentity: { type: 'Unknown', userName: 'ann@example.com' },
      },
      'unknown',
      'B',
      'ann@example.com',
    ],
    [
      'a user of a directory',
      {
        eventSource: 'workspaces.amazonaws.com',
        userIdentity: { type: 'Directory', principalId: 'd-1:x', userName: 'ann' },
      },
      'unknown',
      'B',
      'ann (workspaces)',
    ],
    [
      'a service',
      { userIdentity: { type: 'AWSService', invokedBy: 'rds.amazonaws.com' } },
      'service',
      'A',
      'rds.amazonaws.com',
    ],
    [
      'a service-linked role',
      { userIdentity: session('aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS', 'x') },
      'service-linked role',
      'A',
      'role/AWSServiceRoleForRDS (session x)',
    ],
    // Anyone may give a role such a name.
    [
      'a role named like one',
      { userIdentity: session('team/AWSServiceRoleForMe', 'x') },
      'assumed role',
      'B',
      'role/AWSServiceRoleForMe (session x)',
    ],
    [
      'root',
      { userIdentity: { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` } },
      'root',
      'A',
      'root',
    ],
    [
      'rights of root, from the organization',
      {
        userIdentity: session('Ops', 'ann'),
        extra: { 'userIdentity.sessionContext.assumedRoot': 'true' },
      },
      'root',
      'A',
      'root',
    ],
    [
      'a console session',
      { sessionCredentialFromConsole: 'true', userIdentity: user({ accessKeyId: 'ASIAEXAMPLE' }) },
      'console person',
      'A',
      'user/ann',
    ],
    [
      'a console session, by its attributes',
      {
        userIdentity: session('Admin', 'ann'),
        extra: { 'userIdentity.sessionContext.attributes.sessionCredentialFromConsole': 'true' },
      },
      'console person',
      'A',
      'role/Admin (session ann)',
    ],
    [
      '"false" is not true',
      { sessionCredentialFromConsole: 'false' },
      'long-lived key',
      'B',
      'user/ann',
    ],
    [
      'a person of Identity Center',
      { userIdentity: session(SSO, 'ann@example.com') },
      'sso person',
      'A',
      'ann@example.com',
    ],
    [
      'a role named like one of Identity Center',
      { userIdentity: session('AWSReservedSSO_Admin_0', 'ann') },
      'assumed role',
      'B',
      'role/AWSReservedSSO_Admin_0 (session ann)',
    ],
    [
      'a source identity',
      {
        userIdentity: session('Ops', 'ci'),
        extra: { 'userIdentity.sessionContext.sourceIdentity': 'ann' },
      },
      'named person',
      'A',
      'ann',
    ],
    [
      'GitHub Actions',
      {
        userIdentity: session('Deploy', 'run-7', {
          webIdFederationData: {
            federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
          },
        }),
      },
      'pipeline',
      'A',
      'role/Deploy (session run-7)',
    ],
    [
      'a pod',
      {
        userIdentity: session('Pod', 'p', {
          webIdFederationData: {
            federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A`,
          },
        }),
      },
      'workload',
      'A',
      'role/Pod (session p)',
    ],
    [
      'a person at Google',
      {
        userIdentity: session('Web', 'ann', {
          webIdFederationData: { federatedProvider: 'accounts.google.com' },
        }),
      },
      'named person',
      'A',
      'role/Web (session ann)',
    ],
    // Providers with identities of programs too: Sentinel signs in at Entra.
    ...[
      'sts.windows.net/00000000-0000-4000-8000-000000000000/',
      'login.microsoftonline.com/00000000-0000-4000-8000-000000000000/v2.0',
      'example.okta.com',
      'example.eu.auth0.com/',
      'example.onelogin.com',
      'graph.facebook.com',
      'www.amazon.com',
    ].map((host): [string, Partial<CallEvent>, string, string, string] => [
      `who signs in at ${host}`,
      {
        userIdentity: session('Reader', 'MicrosoftSentinel_1', {
          webIdFederationData: {
            federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`,
          },
        }),
      },
      'assumed role',
      'B',
      'role/Reader (session MicrosoftSentinel_1)',
    ]),
    ...[
      'terragrunt-1700000000000000000',
      'aws-go-sdk-1700000000000000000',
      'aws-sdk-kotlin-1700000000000',
      'aws-sdk-js-session-1700000000000',
      'aws-sdk-java-v2-fade0f00-1111-4abc-8333-0123456789ab',
      'AWSCLI-Session',
    ].map((name): [string, Partial<CallEvent>, string, string, string] => [
      `a session that a program named ${name}`,
      { userIdentity: session('Deploy', name) },
      'assumed role',
      'B',
      'role/Deploy',
    ]),
    ...['terragrunt-ann', 'aws-sdk-ann', 'aws-sdk-migration', 'aws-sdk-js-abe'].map(
      (name): [string, Partial<CallEvent>, string, string, string] => [
        `a session that a person may have named ${name}`,
        { userIdentity: session('Deploy', name) },
        'assumed role',
        'B',
        `role/Deploy (session ${name})`,
      ],
    ),
    [
      'the subject of a certificate',
      {
        userIdentity: session('Backup', '0a1b2c3d4e5f'),
        extra: { 'userIdentity.sessionContext.sourceIdentity': 'CN=build-server-01' },
      },
      'assumed role',
      'B',
      'role/Backup (session 0a1b2c3d4e5f)',
    ],
    [
      'on whose behalf a session acts',
      { userIdentity: { ...session('Query', 'backend'), onBehalfOf: { userId: 'u-1' } } },
      'named person',
      'A',
      'u-1 (named backend)',
    ],
    [
      'the same for a session that nobody named',
      {
        userIdentity: {
          ...session('Query', 'botocore-session-1700000000'),
          onBehalfOf: { userId: 'u-1' },
        },
      },
      'named person',
      'A',
      'u-1',
    ],
    [
      'the same for one that is named like the person',
      { userIdentity: { ...session('Query', 'u-1'), onBehalfOf: { userId: 'u-1' } } },
      'named person',
      'A',
      'u-1',
    ],
    [
      'the same for one with a source identity, which is a choice too',
      {
        userIdentity: { ...session('Query', 'backend'), onBehalfOf: { userId: 'u-1' } },
        extra: { 'userIdentity.sessionContext.sourceIdentity': 'ann' },
      },
      'named person',
      'A',
      'u-1 (named ann)',
    ],
    ...[
      ['user/team/bob', 'user/bob'],
      ['root', 'root'],
    ].map(([issuer, by]): [string, Partial<CallEvent>, string, string, string] => [
      `a federated user whom ${issuer} asked for`,
      { userIdentity: federated(`arn:aws:iam::${ACCOUNT}:${issuer}`) },
      'user session',
      'B',
      `${by} as federated-user/alice`,
    ]),
    ...['accountId', 'accountid'].map(
      (name): [string, Partial<CallEvent>, string, string, string] => [
        `an outside company with delegated access, as ${name}`,
        {
          userIdentity: session('Admin', 'partner'),
          extra: { 'userIdentity.invokedByDelegate': { [name]: '999988887777' } },
        },
        'assumed role',
        'B',
        'account 999988887777 (delegated) as role/Admin (session partner)',
      ],
    ),
    [
      'a function',
      {
        userIdentity: session('Fn', 'fn'),
        extra: { 'userIdentity.inScopeOf': { issuerType: 'AWS::Lambda::Function' } },
      },
      'workload',
      'A',
      'role/Fn (session fn)',
    ],
    [
      'an instance',
      { userIdentity: session('Web', 'i-0123456789abcdef0', { ec2RoleDelivery: '2.0' }) },
      'workload',
      'A',
      'role/Web (session i-0123456789abcdef0)',
    ],
    [
      'an instance, by its session',
      { userIdentity: session('Web', 'i-0123456789abcdef0') },
      'workload',
      'B',
      'role/Web (session i-0123456789abcdef0)',
    ],
    ['a key', {}, 'long-lived key', 'B', 'user/ann'],
    [
      'a temporary credential of a user',
      { userIdentity: user({ accessKeyId: 'ASIAEXAMPLE' }) },
      'user session',
      'B',
      'user/ann',
    ],
    [
      'a session that nobody named',
      { userIdentity: session('Ops', 'aws-go-sdk-1700000000000000000') },
      'assumed role',
      'B',
      'role/Ops',
    ],
    [
      'a session that the SDK of .NET named',
      { userIdentity: session('Ops', 'aws-dotnet-sdk-session-638500000000000000') },
      'assumed role',
      'B',
      'role/Ops',
    ],
    [
      'a principal of another account',
      {
        userIdentity: {
          type: 'AWSAccount',
          principalId: 'AROAEXAMPLE:x',
          accountId: '444455556666',
        },
      },
      'another account',
      'A',
      'account 444455556666 (AROAEXAMPLE:x)',
    ],
    [
      'another account itself',
      {
        userIdentity: {
          type: 'AWSAccount',
          principalId: '444455556666',
          accountId: '444455556666',
        },
      },
      'another account',
      'A',
      'account 444455556666',
    ],
    [
      'whoever did not sign in',
      { userIdentity: { type: 'AWSAccount', principalId: '', accountId: 'ANONYMOUS_PRINCIPAL' } },
      'another account',
      'A',
      'ANONYMOUS_PRINCIPAL',
    ],
    ['nobody', { userIdentity: null }, 'unknown', 'B', 'unknown'],
    ['what is no identity', { userIdentity: ['x'] }, 'unknown', 'B', 'unknown'],
  ])('%s', (_name, own, origin, confidence, name) => {
    const { actor, how } = actorAndHow(event(own));
    expect([actor.origin, how.confidence.origin, actor.name]).toEqual([origin, confidence, name]);
  });

  test('has the role, the session, the key, and whether it used a second factor', () => {
    const identity = session(SSO, 'ann', { attributes: { mfaAuthenticated: 'true' } });
    expect(actorAndHow(event({ userIdentity: identity })).actor).toEqual({
      name: 'ann',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/ann`,
      role: 'AWSReservedSSO_Admin_0123456789abcdef',
      session: 'ann',
      accessKey: 'ASIAEXAMPLE',
      mfa: true,
      origin: 'sso person',
      via: null,
      behind: null,
    });
  });

  test('has who asked for the session of a federated user behind it', () => {
    const issuer = `arn:aws:iam::${ACCOUNT}:user/team/bob`;
    const { behind } = actorAndHow(event({ userIdentity: federated(issuer) })).actor;
    expect(behind).toEqual({ name: 'user/bob', principal: issuer, account: null, eventIDs: [] });
  });
});

test.each<[mfa: boolean | null, used: string | undefined, userIdentity: JsonObject]>([
  [true, 'Yes', { type: 'Root' }],
  [false, 'No', { type: 'IAMUser' }],
  [null, undefined, { type: 'IAMUser' }],
  // AWS does not see the MFA of people who come with a role.
  [null, 'No', { type: 'AssumedRole', sessionContext: {} }],
  [null, 'No', { type: 'AssumedRole' }],
  [null, 'No', { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Admin/ann` }],
  [null, 'No', { type: 'FederatedUser', arn: `arn:aws:sts::${ACCOUNT}:federated-user/ann` }],
  [null, 'No', { type: 'SAMLUser' }],
  [true, 'Yes', { type: 'AssumedRole' }],
  [false, 'No', { arn: `arn:aws:iam::${ACCOUNT}:user/ann` }],
])('the MFA of a sign-in is %s where MFAUsed is %s', (mfa, used, userIdentity) => {
  const signIn = event({
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    additionalEventData: used === undefined ? {} : { MFAUsed: used },
    userIdentity,
  });
  expect(actorAndHow(signIn).actor.mfa).toBe(mfa);
});

test.each<[mfa: boolean | null, flag: string, userIdentity: JsonObject]>([
  [false, 'false', { type: 'IAMUser' }],
  [false, 'false', { type: 'Root' }],
  [true, 'true', session(SSO, 'ann')],
  // People show MFA to Identity Center, and a pipeline has none.
  [null, 'false', session(SSO, 'ann')],
  [null, 'false', session(`arn:aws:iam::${ACCOUNT}:role/Deploy`, 'run-7')],
  [null, 'false', federated(`arn:aws:iam::${ACCOUNT}:user/bob`)],
])('the MFA of a call is %s where mfaAuthenticated is %s', (mfa, mfaAuthenticated, identity) => {
  const context = identity['sessionContext'];
  const userIdentity = {
    ...identity,
    sessionContext: { ...(isObject(context) ? context : {}), attributes: { mfaAuthenticated } },
  };
  expect(actorAndHow(event({ userIdentity })).actor.mfa).toBe(mfa);
});

describe('a carrier', () => {
  test.each<[string, Partial<CallEvent>, string, string, string]>([
    [
      'CloudFormation',
      {
        userAgent: 'cloudformation.amazonaws.com',
        sourceIPAddress: 'cloudformation.amazonaws.com',
        userIdentity: user({ invokedBy: 'cloudformation.amazonaws.com' }),
      },
      'cloudformation',
      'A',
      'infrastructure as code by a person',
    ],
    [
      'CloudFormation in China',
      { userIdentity: user({ invokedBy: 'cloudformation.amazonaws.com.cn' }) },
      'cloudformation',
      'A',
      'infrastructure as code by a person',
    ],
    ...DOMAINS.flatMap((domain): [string, Partial<CallEvent>, string, string, string][] => [
      [
        `CloudFormation at ${domain}`,
        { userIdentity: user({ invokedBy: `cloudformation.${domain}` }) },
        'cloudformation',
        'A',
        'infrastructure as code by a person',
      ],
      [
        `a service at ${domain}`,
        { sourceIPAddress: `apigateway.${domain}` },
        'service',
        'A',
        'service',
      ],
    ]),
    ...['signin.amazonaws.cn', 'signin.amazonaws-us-gov.com'].map(
      (invokedBy): [string, Partial<CallEvent>, string, string, string] => [
        `the page of sign-in at ${invokedBy}`,
        { userIdentity: user({ invokedBy }) },
        'console',
        'A',
        'console',
      ],
    ),
    ...['console.amazonaws.cn', 'signin.amazonaws.cn', 'console.ec2.amazonaws-us-gov.com'].map(
      (userAgent): [string, Partial<CallEvent>, string, string, string] => [
        `the console as ${userAgent}`,
        { userAgent },
        'console',
        'C',
        'console',
      ],
    ),
    [
      'a service with the rights of a person',
      { userIdentity: user({ invokedBy: 'apigateway.amazonaws.com' }) },
      'service',
      'A',
      'service',
    ],
    [
      'a click that a back end carries',
      {
        userAgent: 'AWS Internal',
        sourceIPAddress: 'AWS Internal',
        sessionCredentialFromConsole: 'true',
      },
      'console',
      'A',
      'console',
    ],
    [
      'a back end for nobody known',
      {
        userAgent: 'AWS Internal',
        sourceIPAddress: 'AWS Internal',
        userIdentity: session('Ops', 'x'),
      },
      'aws internal',
      'A',
      'unknown',
    ],
    [
      'CloudShell',
      {
        userAgent:
          'aws-cli/2.13.5 Python/3.11.4 Linux/4.14 exec-env/CloudShell prompt/off command/ec2.stop-instances',
      },
      'cloudshell',
      'C',
      'command line or SDK by a person',
    ],
    // Back ends of the console have any agent, and none is a program's of the caller.
    ...['Coral/Netty', 'Jersey/2.35 (HttpUrlConnection 17.0.2)', '', 'rds.amazonaws.com'].map(
      (userAgent): [string, Partial<CallEvent>, string, string, string] => [
        `a session of the console, with the agent "${userAgent}"`,
        { userAgent, sessionCredentialFromConsole: 'true' },
        'console',
        'A',
        'console',
      ],
    ),
    ...[
      ['cli', 'aws-cli/2.34.30 md/command#iam.list-users'],
      ['sdk', 'Boto3/1.26.165 Python/3.10.6'],
      ['agent', 'Boto3/1.34 md/awslabs#mcp#server'],
      ['sdk', 'curl/8.4.0'],
    ].map(([carrier = '', userAgent]): [string, Partial<CallEvent>, string, string, string] => [
      `a session of the console in ${userAgent}`,
      { userAgent, sessionCredentialFromConsole: 'true' },
      carrier,
      'C',
      'command line or SDK by a person',
    ]),
    [
      'an agent that nobody knows, without the mark of the console',
      { userAgent: 'Coral/Netty', userIdentity: user({ accessKeyId: 'ASIAEXAMPLE' }) },
      'unknown',
      'C',
      'command line or SDK by a person',
    ],
    ['a console in small letters', { userAgent: '[s3console/0.4]' }, 'console', 'C', 'console'],
    [
      'a back end of AWS',
      { userAgent: 'aws-internal/4 aws-sdk-java/2' },
      'console',
      'C',
      'console',
    ],
    ['the console of EC2', { userAgent: 'console.ec2.amazonaws.com' }, 'console', 'C', 'console'],
    [
      "the console, as CloudTrail's guide has it",
      { userAgent: 'AWSConsole' },
      'console',
      'C',
      'console',
    ],
    [
      'the console with an SDK',
      {
        userAgent:
          'AWSConsole, aws-sdk-java/1.4.5 Linux/x.xx.fleetxen Java_HotSpot(TM)_64-Bit_Server_VM/xx',
      },
      'console',
      'C',
      'console',
    ],
    [
      'a back end of the console of EC2',
      {
        userAgent:
          'EC2ConsoleBackend, aws-sdk-java/Linux/x.xx.fleetxen Java_HotSpot(TM)_64-Bit_Server_VM/xx',
      },
      'console',
      'C',
      'console',
    ],
    ['the host of the console', { userAgent: 'console.aws.amazon.com' }, 'console', 'C', 'console'],
    [
      'the console of S3',
      { userAgent: '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12.488 Linux/5.10]' },
      'console',
      'C',
      'console',
    ],
    ['a browser', { userAgent: BROWSER }, 'console', 'C', 'console'],
    [
      'a page of an application, with the session of its user',
      { userAgent: BROWSER, userIdentity: session('App', 'web', APP) },
      'unknown',
      'C',
      'unknown',
    ],
    [
      'such a page in China',
      {
        userAgent: BROWSER,
        userIdentity: session('App', 'web', {
          webIdFederationData: {
            federatedProvider: 'cognito-identity.cn-north-1.amazonaws.com.cn',
          },
        }),
      },
      'unknown',
      'C',
      'unknown',
    ],
    [
      'the console, with a session that came from an application',
      {
        userAgent: BROWSER,
        userIdentity: session('App', 'web', APP),
        sessionCredentialFromConsole: 'true',
      },
      'console',
      'A',
      'console',
    ],
    [
      'an action in the console that was no call',
      { eventType: 'AwsConsoleAction', userAgent: 'Apache-HttpClient/4.5.13 (Java/1.8.0_292)' },
      'console',
      'A',
      'console',
    ],
    [
      'an action in the console that its back end sent',
      {
        eventType: 'AwsConsoleAction',
        sourceIPAddress: 'AWS Internal',
        userAgent: 'aws-sdk-java/1.11.991',
        userIdentity: session('Ops', 'pat'),
      },
      'console',
      'A',
      'console',
    ],
    [
      'an action that a service took',
      {
        eventType: 'AwsConsoleAction',
        userIdentity: user({ invokedBy: 'rds.amazonaws.com' }),
      },
      'service',
      'A',
      'service',
    ],
    [
      'a person with Terraform',
      { userAgent: TERRAFORM },
      'terraform',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'a pipeline with Terraform',
      {
        userAgent: TERRAFORM,
        userIdentity: session('Deploy', 'x', {
          webIdFederationData: { federatedProvider: 'https://gitlab.com' },
        }),
      },
      'terraform',
      'C',
      'automation',
    ],
    [
      'some role with Terraform',
      { userAgent: TERRAFORM, userIdentity: session('Deploy', 'x') },
      'terraform',
      'C',
      'unknown',
    ],
    [
      'Terraform in a container',
      { userAgent: `${TERRAFORM} exec-env/AWS_ECS_FARGATE` },
      'terraform',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'Terraform with the name of a module appended',
      { userAgent: `${TERRAFORM} github.com/example/terraform-kubernetes-addons` },
      'terraform',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'Terraform that a controller drives',
      { userAgent: `${TERRAFORM} upbound-provider-aws/v0.40.0` },
      'terraform',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'CDK in a function',
      { userAgent: 'aws-cdk/2.100.0 aws-sdk-js/3.6 exec-env/AWS_Lambda_nodejs20.x' },
      'cdk',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'the command line in a container',
      { userAgent: 'aws-cli/2.34.11 exec-env/AWS_ECS_EC2 md/command#s3.sync' },
      'cli',
      'C',
      'command line or SDK by a person',
    ],
    [
      'an SDK with a word of a controller inside another one',
      { userAgent: 'Boto3/1.34 github.com/example/kubernetes-addons' },
      'sdk',
      'C',
      'command line or SDK by a person',
    ],
    [
      'Pulumi',
      { userAgent: 'APN/1.0 Pulumi/1.0 PulumiAws/6.0 aws-sdk-go-v2/1.24.0' },
      'pulumi',
      'C',
      'infrastructure as code by a person',
    ],
    [
      'an agent of artificial intelligence',
      { userAgent: 'Boto3/1.34 md/awslabs#mcp#server' },
      'agent',
      'C',
      'command line or SDK by a person',
    ],
    [
      'a server of AWS Labs for such an agent',
      { userAgent: 'Boto3/1.38 Botocore/1.38 awslabs/mcp/eks-mcp-server/0.1.0' },
      'agent',
      'C',
      'command line or SDK by a person',
    ],
    ...['q.amazonaws.com', 'aws-mcp.amazonaws.com'].map(
      (name): [string, Partial<CallEvent>, string, string, string] => [
        `${name}, by the address alone`,
        { userAgent: name, sourceIPAddress: name, userIdentity: session(SSO, 'ann@example.com') },
        'agent',
        'A',
        'command line or SDK by a person',
      ],
    ),
    [
      'eksctl, which adds its name to that of an SDK',
      { userAgent: 'aws-sdk-go-v2/1.17 eksctl/0.150.0' },
      'cli',
      'C',
      'command line or SDK by a person',
    ],
    [
      'a controller',
      { userAgent: 'elbv2.k8s.aws/v2.6.0 aws-sdk-go/1.44', userIdentity: session('Lb', 'x') },
      'controller',
      'C',
      'unknown',
    ],
    [
      'a function',
      { userAgent: 'Boto3/1.34 exec-env/AWS_Lambda_python3.12', userIdentity: session('Fn', 'x') },
      'controller',
      'C',
      'unknown',
    ],
    [
      'a controller that names itself as its place',
      { userAgent: 'aws-sdk-go-v2/1.30 exec-env/aws-ebs-csi-driver-v1.30.0' },
      'controller',
      'C',
      'command line or SDK by a person',
    ],
    [
      'what calls itself a controller, with the credential of a person',
      { userAgent: 'kubernetes/v1.28.0', userIdentity: session(SSO, 'ann@example.com') },
      'controller',
      'C',
      'command line or SDK by a person',
    ],
    [
      'a back end of AWS, for a function',
      {
        sourceIPAddress: 'AWS Internal',
        userIdentity: session('Fn', 'i-0123456789abcdef0', { ec2RoleDelivery: '2.0' }),
      },
      'aws internal',
      'A',
      'automation',
    ],
    [
      'a program that uses an SDK',
      { userAgent: 'Prowler/4.0 Boto3/1.26' },
      'sdk',
      'C',
      'command line or SDK by a person',
    ],
    ['the command line', {}, 'cli', 'C', 'command line or SDK by a person'],
    ['the command line, with a role', { userIdentity: session('Ops', 'x') }, 'cli', 'C', 'unknown'],
    [
      'an SDK',
      { userAgent: 'Boto3/1.26.165 Python/3.10.6' },
      'sdk',
      'C',
      'command line or SDK by a person',
    ],
    [
      'an attack tool',
      { userAgent: 'stratus-red-team_0b' },
      'unknown',
      'C',
      'command line or SDK by a person',
    ],
    ['nothing', { userAgent: null }, 'unknown', 'C', 'command line or SDK by a person'],
  ])('%s', (_name, own, carrier, confidence, changeClass) => {
    const { how } = actorAndHow(event(own));
    expect([how.carrier, how.confidence.carrier, how.class]).toEqual([
      carrier,
      confidence,
      changeClass,
    ]);
  });
});

describe('a tool', () => {
  test.each([
    [TERRAFORM, 'Terraform 1.9.2, provider 5.31.0'],
    [
      `${TERRAFORM} HashiCorp-terraform-exec/0.17.3`,
      'Terraform 1.9.2, provider 5.31.0, through terraform-exec',
    ],
    [
      `${TERRAFORM} stratus-red-team_11a6ef34-e130-4579-a1d3-79c915cee6ec HashiCorp-terraform-exec/0.17.3`,
      'Terraform 1.9.2, provider 5.31.0, through terraform-exec, through stratus-red-team',
    ],
    [`${TERRAFORM} terragrunt2`, 'Terraform 1.9.2, provider 5.31.0, through terragrunt'],
    [`${TERRAFORM} exec-env/AWS_ECS_FARGATE`, 'Terraform 1.9.2, provider 5.31.0, in ECS'],
    [
      'aws-cli/2.13.5 Python/3.11 exec-env/CloudShell command/ec2.stop-instances',
      'aws-cli 2.13.5, in CloudShell, ec2 stop-instances',
    ],
    [
      'aws-cli/2.22.0 md/awscrt#0.23 ua/2.0 md/command#iam.create-user',
      'aws-cli 2.22.0, iam create-user',
    ],
    ['[Boto3/1.26.165 Python/3.10.6 Botocore/1.29.165]', 'Boto3 1.26.165'],
    [
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Safari/537.36',
      'Chrome 119',
    ],
    [
      'APN/1.0 OpenTofu/1.0 Terraform/1.8.0 (+https://opentofu.org) terraform-provider-aws/5.60.0',
      'OpenTofu 1.8.0, provider 5.60.0',
    ],
    ['RDS Console, aws-internal/3 aws-sdk-java/1.11.975 Linux/5.4', 'RDS Console'],
    ['aws-internal/3 aws-sdk-java/1.12', 'aws-sdk-java 1.12'],
    ['steampipe-plugin-aws/1.0 aws-sdk-go-v2/1.30', 'steampipe-plugin-aws 1.0'],
    ['APN/1.0 HashiCorp/1.0 Packer/1.9 (+https://www.packer.io)', 'Packer 1.9'],
    ['[S3 Browser/10.0]', 'S3 Browser 10.0'],
    ['CloudCustodian(sg-open)/0.9.31 Boto3/1.34', 'CloudCustodian 0.9.31, policy sg-open'],
    ['aws-sdk-go/1.45.25 (go1.21.3; linux; amd64) karpenter.sh-v0.32.1', 'karpenter.sh v0.32.1'],
    ['aws-sdk-go-v2/1.32.7 ua/2.1 os/linux karpenter.sh-1.1.1', 'karpenter.sh 1.1.1'],
    ['aws-sdk-go/1.44 amazon-vpc-cni-k8s/v1.15.0', 'amazon-vpc-cni-k8s v1.15.0'],
    ['aws-sdk-go/1.44 (go1.20; linux; amd64) kubernetes/v1.27.3', 'kubernetes v1.27.3'],
    ['Boto/2.49.0 Python/2.7.18 Linux/4.15.0', 'Boto 2.49.0'],
    ['Boto3/1.26.0 Botocore/1.29.0 APN/1.0 Ansible/2.15.0', 'Ansible 2.15.0'],
    [
      'Boto3/1.26.165 Botocore/1.29.165 aws-sam-cli/1.100.0/00000000-0000-4000-8000-000000000000',
      'aws-sam-cli 1.100.0',
    ],
    [
      'aws-sdk-java/2.21.0 Mac_OS_X/14.1 AWS-Toolkit-For-JetBrains/1.87 ClientId/1',
      'AWS-Toolkit-For-JetBrains 1.87',
    ],
    ['aws-sdk-nodejs/2.1384.0 AWS-Toolkit-For-VSCode/2.1.0', 'AWS-Toolkit-For-VSCode 2.1.0'],
    ['aws-sdk-go-v2/1.17 eksctl/0.150.0', 'eksctl 0.150.0'],
    [
      'Boto3/1.38 awslabs/mcp/eks-mcp-server/0.1.0',
      'Boto3 1.38, through the MCP server eks-mcp-server',
    ],
    ['aws-sdk-go-v2/1.30 ua/2.1 os/linux karpenter.sh#1.0.1', 'karpenter.sh 1.0.1'],
    [
      'Boto3/1.34 md/awslabs#mcp#aws-api-mcp-server#1.0.0 Botocore/1.34',
      'Boto3 1.34, through the MCP server aws-api-mcp-server',
    ],
    ['aws-sdk-go-v2/1.32.3 os/linux exec-env/lab-7 api/sts#1.26', 'aws-sdk-go-v2 1.32.3, in lab-7'],
    ['m/F,n aws-sdk-js/3.600 ua/2.1', 'aws-sdk-js 3.600'],
    ['something of its own', 'something of its own'],
  ])('%s', (userAgent, tool) => {
    expect(actorAndHow(event({ userAgent })).how.tool).toBe(tool);
  });

  test('is not as long as its sender likes', () => {
    expect(actorAndHow(event({ userAgent: 'x'.repeat(10_000) })).how.tool?.length).toBeLessThan(
      100,
    );
  });
});
