/** What sent a call: the console, a command line, an infrastructure tool, or a service. The first test that holds decides. */
import type { Caller } from './caller.js';
import type { Confidence } from './origin.js';

export type Carrier =
  | 'console'
  | 'cloudshell'
  | 'cli'
  | 'sdk'
  /** Or OpenTofu, whose provider writes the same word. */
  | 'terraform'
  | 'pulumi'
  | 'cdk'
  | 'cloudformation'
  /** An AWS service, with its own rights or with those of the principal. */
  | 'service'
  /** A back end of AWS; the log does not say for whom. */
  | 'aws internal'
  /** A program of artificial intelligence with a person's rights. */
  | 'agent'
  /** A program that runs by itself: a controller of a cluster, an agent on an instance, a function. */
  | 'controller'
  | 'unknown';

export interface CarrierFact {
  readonly carrier: Carrier;
  readonly confidence: Confidence;
}

type Test = readonly [
  carrier: Carrier,
  confidence: Confidence | ((caller: Caller) => Confidence),
  holds: (caller: Caller) => boolean,
];

// `queries/classes.yml` repeats these expressions for SQL. They use only syntax that means the same in JavaScript, RE2 and Joni:
// not `\b`, and not `\s`, which matches more than ASCII in JavaScript.
const CLOUDSHELL = /exec-env\/CloudShell/i;
const PULUMI = /(?:^|\W)Pulumi(?:AwsNative)?\//i;
const AI_AGENT = /(?:^|\W)(?:md\/awslabs#mcp|MCPClient\/|AmazonQ)/i;
/** Programs whose agent says that they run by themselves. */
const CONTROLLERS =
  /exec-env\/AWS_(?:Lambda|ECS)|karpenter\.sh|elbv2\.k8s\.aws|aws-controllers-k8s|crossplane-provider-aws|upbound-provider-aws|CloudCustodian|(?:^|\W)c7n(?:\W|$)|amazon-ssm-agent|amazon-vpc-cni|kubernetes|cluster-autoscaler|aws-ebs-csi-driver|aws-node-termination-handler|external-dns|cert-manager/i;
const TERRAFORM = /(?:^|\W)(?:Terraform|OpenTofu)\//i;
const CDK = /(?:^|\W)(?:aws-cdk|cdk-hotswap)(?:\W|$)/i;
/** Some services put brackets around an agent. */
const CLI = /^[ [(]*(?:aws-cli|eksctl)(?:\W|$)/i;
const CONSOLES =
  /(?:^|[ [])(?:console[\w.-]*\.amazonaws\.com|signin\.amazonaws\.com|S3Console\/|EC2ConsoleFrontend|AWS CloudWatch Console|RDS Console|[A-Z][\w ]+ Console,|Coral\/(?:Jakarta|Netty4)|aws-internal\/3|Mozilla\/)|^[ [(]*AWS Internal[ \])]*$/;
const SERVICE_AGENT = /^[ [(]*[\w.-]+\.amazonaws\.com(?:\.cn)?[ \])]*$/;
const CONSOLE_AGENT = /^[ [(]*(?:console|signin)/;
const SDKS =
  /(?:^|[\s[(])(?:Boto3|Botocore|aws-sdk-|aws-toolkit|AWSPowerShell|Go-http-client|python-requests|ec2-api-tools|SAM|serverless|curl|okhttp|Apache-HttpClient)/i;
const INTERNAL = 'AWS Internal';

const byConsole = ({ fromConsole }: Caller): Confidence => (fromConsole ? 'A' : 'C');

/** A test of the user agent: the caller's own program wrote it. */
function byAgent(carrier: Carrier, pattern: RegExp, confidence: Test[1] = 'C'): Test {
  return [carrier, confidence, ({ event }) => pattern.test(event.userAgent ?? '')];
}

const TESTS: readonly Test[] = [
  [
    'cloudformation',
    'A',
    ({ invokedBy, address }) => [invokedBy, address].includes('cloudformation.amazonaws.com'),
  ],
  ['agent', 'A', ({ invokedBy }) => invokedBy === 'aws-mcp.amazonaws.com'],
  ['console', 'A', ({ invokedBy }) => invokedBy === 'signin.amazonaws.com'],
  [
    'service',
    'A',
    ({ invokedBy = '', address = '' }) => isService(invokedBy) || isService(address),
  ],
  [
    'service',
    'A',
    ({ event, type }) => event.eventType === 'AwsServiceEvent' || type === 'AWSService',
  ],
  ['console', 'A', (caller) => isInternal(caller) && caller.fromConsole],
  ['aws internal', 'A', isInternal],
  ['service', 'C', ({ event: { userAgent } }) => userAgent !== null && isServiceAgent(userAgent)],
  byAgent('cloudshell', CLOUDSHELL, byConsole),
  byAgent('pulumi', PULUMI),
  byAgent('agent', AI_AGENT),
  byAgent('controller', CONTROLLERS),
  byAgent('terraform', TERRAFORM),
  byAgent('cdk', CDK),
  byAgent('cli', CLI),
  byAgent('console', CONSOLES, byConsole),
  ['console', 'A', ({ event }) => event.eventType === 'AwsConsoleSignIn'],
  byAgent('sdk', SDKS),
];

/** What sent the call; `unknown` where no test holds. */
export function carrierOf(caller: Caller): CarrierFact {
  const found = TESTS.find(({ 2: holds }) => holds(caller));
  if (found === undefined) return { carrier: 'unknown', confidence: 'C' };
  const [carrier, confidence] = found;
  return {
    carrier,
    confidence: typeof confidence === 'function' ? confidence(caller) : confidence,
  };
}

function isInternal({ invokedBy, address }: Caller): boolean {
  return [invokedBy, address].includes(INTERNAL);
}

function isService(name: string): boolean {
  return /^[\w.-]+\.amazonaws\.com(?:\.cn)?$/.test(name) && !/^(?:console|signin)/.test(name);
}

/** Whether the agent is the name of a service, and nothing else. */
function isServiceAgent(agent: string): boolean {
  return SERVICE_AGENT.test(agent) && !CONSOLE_AGENT.test(agent);
}
