/** What runs by itself in the company: pipelines, Terraform from CI, controllers of clusters, functions, services. */
import {
  assumed,
  DAYS,
  eventOf,
  instant,
  sessionKey,
  sessionOf,
  someChange,
  type Random,
  type Told,
} from './event.js';

export const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.60.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.30.1';
const KARPENTER = 'karpenter.sh-1.0.6 aws-sdk-go-v2/1.30.1 os/linux lang/go#1.22.5';
const BALANCER = 'elbv2.k8s.aws/v2.8.1 aws-sdk-go/1.51.30 (go1.22.5; linux; amd64)';
const BOTO =
  'Boto3/1.34.0 md/Botocore#1.34.0 ua/2.0 os/linux lang/python#3.12 exec-env/AWS_Lambda_python3.12';

export interface Company {
  readonly accounts: readonly [string, ...string[]];
  readonly terraformRole: string;
  /** How the pipeline gets the sessions of the role: the log shows it, or the log does not tell. */
  readonly terraform: 'chain' | 'opaque';
  readonly attack:
    | 'none'
    | 'stolen session'
    | 'own session'
    | 'for days'
    | 'stolen user key'
    | 'command line';
  readonly ciAddresses: readonly [string, ...string[]];
  /** By day. The machines fill it. */
  readonly terraformKeys: string[];
}

const GITHUB = {
  webIdFederationData: {
    federatedProvider:
      'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com',
    attributes: {},
  },
};
const CLUSTER = {
  webIdFederationData: {
    federatedProvider:
      'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE',
    attributes: {},
  },
};

export function* machines(random: Random, company: Company): Generator<Told> {
  for (let day = 0; day < DAYS; day += 1)
    for (const account of company.accounts) {
      yield* pipeline(random, account, day);
      yield* terraform(random, company, { account, day });
      yield* controllers(random, account, day);
      yield* services(random, account, day);
    }
}

/** A pipeline that signs in with OpenID Connect: AWS says so in every record. */
function* pipeline(random: Random, account: string, day: number): Generator<Told> {
  const identity = sessionOf(account, 'github-deploy', {
    session: 'GitHubActions',
    key: sessionKey(random),
    more: GITHUB,
  });
  for (let one = 0; one < 2; one += 1)
    yield machine(random, {
      account,
      time: instant(day, 600 + one),
      identity,
      address: `20.1.${random.below(200)}.7`,
      agent: 'aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 os/linux lang/python#3.11.8',
    });
}

/** Terraform in a CI of the company. It plans at night, and applies on most days. */
function* terraform(
  random: Random,
  { terraformRole: role, terraform: how, ciAddresses, terraformKeys }: Company,
  { account, day }: { readonly account: string; readonly day: number },
): Generator<Told> {
  const key = sessionKey(random);
  terraformKeys[day] ??= key;
  const name = `ci-${1000 + day}`;
  const address = random.of(ciAddresses);
  const common = { account, address, agent: TERRAFORM, time: instant(day, 120) };
  if (how === 'chain') {
    const hub = sessionOf(account, 'ci-hub', {
      session: 'GitHubActions',
      key: sessionKey(random),
      more: GITHUB,
    });
    yield assumed(random, { ...common, identity: hub }, { role, name, key });
  }
  const identity = sessionOf(account, role, { session: name, key });
  for (let one = 0; one < 3; one += 1) {
    const call = { service: 'ec2', name: 'DescribeSecurityGroups', isRead: true, identity };
    yield { event: eventOf(random, { ...common, ...call }), truth: 'no change' };
  }
  if (random.isIn(15)) return;
  for (let one = 0; one < 1 + random.below(6); one += 1)
    yield machine(random, { ...common, time: instant(day, 121 + one), identity });
}

/** Controllers: of two AWS says what they are; the third has the credentials of its node. */
function* controllers(random: Random, account: string, day: number): Generator<Told> {
  const parts = [
    { role: 'karpenter', more: CLUSTER, agent: KARPENTER, session: '1746057600000000000' },
    { role: 'balancer', more: CLUSTER, agent: BALANCER, session: '1746057600000000001' },
    { role: 'eks-node', more: {}, agent: BALANCER, session: 'i-0a1b2c3d4e5f60718' },
  ];
  for (const { role, more, agent, session } of parts)
    for (let one = 0; one < 2; one += 1)
      yield machine(random, {
        account,
        time: instant(day, 200 + random.below(900)),
        identity: sessionOf(account, role, { session, key: sessionKey(random), more }),
        address: '52.16.0.10',
        agent,
      });
}

/** A service with a role of its own, and a function whose key the service issued. */
function* services(random: Random, account: string, day: number): Generator<Told> {
  yield machine(random, {
    account,
    time: instant(day, 300),
    identity: {
      ...sessionOf(
        account,
        'aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
        {
          session: 'AutoScaling',
          key: sessionKey(random),
        },
      ),
      invokedBy: 'autoscaling.amazonaws.com',
    },
    address: 'autoscaling.amazonaws.com',
    agent: 'autoscaling.amazonaws.com',
  });
  const key = sessionKey(random);
  const service = { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' };
  const lambda = { account, address: 'lambda.amazonaws.com', agent: 'lambda.amazonaws.com' };
  yield assumed(
    random,
    { ...lambda, time: instant(day, 400), identity: service },
    { role: 'service-role/rotate', name: 'rotate', key },
  );
  yield machine(random, {
    account,
    time: instant(day, 401),
    identity: sessionOf(account, 'service-role/rotate', { session: 'rotate', key }),
    address: '52.16.0.99',
    agent: BOTO,
  });
}

function machine(
  random: Random,
  call: Pick<Parameters<typeof eventOf>[1], 'account' | 'time' | 'identity' | 'address' | 'agent'>,
): Told {
  return { event: eventOf(random, { ...someChange(random), ...call }), truth: 'automation' };
}
