/** Calls by all kinds of callers, and by callers that pretend to be others: for tests of who did something, and how. */
import * as fc from 'fast-check';

const ACCOUNT = '111122223333';
const ROLES = [
  'Admin',
  'aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS',
  'team/AWSServiceRoleForMe',
  'aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef',
  'AWSReservedSSO_Admin_0',
  'x:role/aws-reserved/sso.amazonaws.com/Admin',
];
const SESSIONS = [
  'ann',
  'i-0123456789abcdef0',
  'i-01234567',
  'i-0123456G',
  'i-01234567\n',
  'x:assumed-role/a/i-01234567',
  'ann@example.com',
  '',
];
const SERVICES = [
  'AWS Internal',
  'cloudformation.amazonaws.com',
  'signin.amazonaws.com',
  'aws-mcp.amazonaws.com',
  'eks-mcp.amazonaws.com',
  'q.amazonaws.com',
  'chatbot.amazonaws.com',
  'athena.amazonaws.com',
  'rds.amazonaws.com',
  'autoscaling.amazonaws.com.cn',
  'console.amazonaws.com',
  'cloudformation.amazonaws.com.cn',
  'cloudformation.c2s.ic.gov',
  'autoscaling.amazonaws.eu',
  'athena.amazonaws.com.cn',
  'signin.amazonaws.cn',
  'signin.amazonaws-us-gov.com',
  'console.amazonaws.cn',
  'rds.amazonaws.com.example.com',
  'rds.amazonaws.com\n',
];
const AGENTS = [
  ...SERVICES,
  'aws-cli/2.13.5 Python/3.11.4',
  '[aws-cli/1.0]',
  'aws-cli-next/1',
  'aws-cli',
  'eksctl/0.1',
  'aws-cli/2 exec-env/CloudShell',
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io)',
  'OpenTofu/1.8',
  'myTerraform/1',
  'terraform/1',
  'APN/1.0 Pulumi/1.0 PulumiAws/6.0',
  'PulumiAwsNative/1',
  'aws-cdk/2.1',
  'aws-cdk',
  'aws-cdk-cli/2.1013.0',
  'Boto3/1.34.0 https://example.com/karpenter.sh',
  'okhttp/4.9.3',
  'cdk-hotswap/success',
  'Boto3/1.34 md/awslabs#mcp#server',
  'MCPClient/1',
  'app/AmazonQ-For-CLI',
  'Boto3/1.34 exec-env/AWS_Lambda_python3.12',
  'exec-env/AWS_ECS_FARGATE Terraform/1.9.2',
  'aws-cli/2.34.11 exec-env/AWS_ECS_EC2',
  'aws-cdk/2.1 kubernetes/v1.28.0',
  'Terraform/1.9.2 md/awslabs#mcp#server',
  'Mozilla/5.0 kubernetes/v1.28.0',
  'Mozilla/5.0 example/kubernetes-addons',
  'elbv2.k8s.aws/v2.6.0 aws-sdk-go/1.44',
  'karpenter.sh-v0.32.1',
  'c7n/1',
  'uc7n',
  'KUBERNETES/v1.28.0',
  '\u212aubernetes/v1',
  'Mozilla/5.0 (X11; Linux x86_64)',
  'aws-internal/3 Mozilla/5.0',
  'Mozilla/5.0 (X11) aws-sdk-js/3.5',
  '[aws-sdk-js/3.5 Mozilla/5.0 (X11)]',
  'mozilla/5.0',
  'Con\u017fole.ec2.amazonaws.com',
  'CONSOLE.ec2.amazonaws.com',
  'Coral/Netty',
  'Boto3/1.38 awslabs/mcp/eks-mcp-server/0.1.0',
  'aws-sdk-go-v2/1.17 eksctl/0.150.0',
  'Boto/2.49.0 Python/2.7.18',
  '\u00a0Boto3/1',
  'sample/1',
  '[S3Console/0.4, aws-internal/3 aws-sdk-java/1.12]',
  'console.ec2.amazonaws.com',
  '[console.amazonaws.com]',
  'console.amazonaws-us-gov.com',
  '[rds.amazonaws.com]',
  ' rds.amazonaws.com ',
  '[AWS Internal]',
  'RDS Console, aws-internal/3',
  'AWSConsole',
  'AWSConsole, aws-sdk-java/1.4.5',
  'EC2ConsoleBackend, aws-sdk-java/1',
  'console.aws.amazon.com',
  'Boto3/1.26',
  'stratus-red-team_0b',
  'line\nfeed Terraform/1',
  '\u00a0Mozilla/5.0',
  '',
];
const PROVIDERS = [
  `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  'https://gitlab.example.com',
  'https://gitlab.com',
  `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com/example`,
  `arn:aws:iam::${ACCOUNT}:oidc-provider/kubernetes.example.com`,
  `arn:aws:iam::${ACCOUNT}:oidc-provider/example.okta.com`,
  'http://gitlab.com',
  'GitLab.com',
  `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0A`,
  'accounts.google.com',
  'www.amazon.com',
  'cognito-identity.amazonaws.com',
  'example.com/accounts.google.com',
  'drone.example.com:443',
  'token.actions.githubusercontent.com.example.com',
  '',
];
const FLAGS = ['true', 'false', 'TRUE', true, false, 'yes', ''];

/** One of the values, sometimes nothing, and sometimes a value of another type. */
function oneOf(values: readonly unknown[], often = 2): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: often, arbitrary: fc.constantFrom(...values) },
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constantFrom(null, 7, [], {}, ['x'], { a: 'b' }, 'x') },
  );
}

const rarely = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: oneOf(values, 6) },
  );

const arn = fc.oneof(
  fc
    .tuple(fc.constantFrom(...ROLES), fc.constantFrom(...SESSIONS))
    .map(
      ([role, session]) =>
        `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').at(-1)}/${session}`,
    ),
  oneOf([`arn:aws:iam::${ACCOUNT}:user/ann`, `arn:aws:iam::${ACCOUNT}:root`]),
);

const identity = fc.record({
  type: oneOf(
    [
      'IAMUser',
      'AssumedRole',
      'Root',
      'AWSService',
      'AWSAccount',
      'FederatedUser',
      'SAMLUser',
      'IdentityCenterUser',
      'Unknown',
    ],
    20,
  ),
  arn,
  principalId: oneOf(SESSIONS.map((session) => `AROAEXAMPLE:${session}`)),
  accessKeyId: oneOf(['AKIAEXAMPLE', 'ASIAEXAMPLE']),
  userName: oneOf(['ann', '']),
  invokedBy: rarely(SERVICES),
  identityProvider: rarely(PROVIDERS),
  onBehalfOf: rarely([{ userId: 'u-1' }, { userId: '' }]),
  inScopeOf: rarely([
    { issuerType: 'AWS::Lambda::Function' },
    { issuertype: 'x' },
    { issuerType: '' },
  ]),
  sessionContext: oneOf([{}], 1),
});

const context = fc.record({
  sessionIssuer: fc.record({
    arn: oneOf(
      ROLES.map((role) => `arn:aws:iam::${ACCOUNT}:role/${role}`),
      4,
    ),
  }),
  ec2RoleDelivery: rarely(['1.0', '2.0']),
  sourceIdentity: rarely(['ann', 'CN=build-server-01']),
  assumedRoot: rarely(FLAGS),
  webIdFederationData: fc.oneof(
    { weight: 6, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.record({ federatedProvider: oneOf(PROVIDERS, 8) }) },
  ),
  attributes: fc.record({ sessionCredentialFromConsole: rarely(FLAGS) }),
});

/** An event, without an ID. */
export const callEvent: fc.Arbitrary<object> = fc
  .record({
    eventName: fc.constantFrom('RunInstances', 'ConsoleLogin'),
    eventSource: fc.constant('ec2.amazonaws.com'),
    eventTime: fc.constant('2026-01-14T09:30:00Z'),
    eventType: fc.oneof(
      { weight: 6, arbitrary: fc.constant('AwsApiCall') },
      {
        weight: 1,
        arbitrary: oneOf(['AwsServiceEvent', 'AwsConsoleSignIn', 'AwsConsoleAction'], 6),
      },
    ),
    sourceIPAddress: fc.oneof(
      { weight: 3, arbitrary: fc.constant('198.51.100.7') },
      { weight: 1, arbitrary: oneOf(SERVICES, 8) },
    ),
    userAgent: oneOf(AGENTS, 40),
    sessionCredentialFromConsole: rarely(FLAGS),
    identity: fc.oneof(
      { weight: 30, arbitrary: identity },
      { weight: 1, arbitrary: oneOf(['x', []]) },
    ),
    context: fc.oneof(
      { weight: 4, arbitrary: context },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
  })
  .map(({ identity: who, context: session, ...event }) => ({
    ...event,
    userIdentity:
      typeof who === 'object' && who !== null && !Array.isArray(who) && session !== undefined
        ? { ...who, sessionContext: session }
        : who,
  }));
