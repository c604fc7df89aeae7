/** What sent a call: the console, a command line, an infrastructure tool, or a service. The first test that holds decides. */
import { DOMAIN_PATTERN } from '../../cloudtrail/service-name.js';
import { remembering } from '../../memory/remembering.js';
import { providersOf } from '../identity-providers.js';
import type { Caller } from './caller.js';
import { isByService, type Confidence } from './origin.js';

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
  /** Whether the call is all that is seen of an order: CloudTrail does not show what the principal asked of the service. */
  readonly isOrder?: true;
}

type Test = readonly [carrier: Carrier, holds: (caller: Caller) => boolean];

// `queries/carriers.yml` repeats these expressions for SQL. They use only syntax that means the same in JavaScript, RE2 and Joni:
// not `\b`, and not `\s`, which matches more than ASCII in JavaScript.
const CLOUDSHELL = /exec-env\/CloudShell/i;
const PULUMI = /(?:^|\W)Pulumi(?:AwsNative)?\//i;
const AI_AGENT = /(?:^|\W)(?:awslabs[#/]mcp|MCPClient\/|AmazonQ)/i;
/**
 * Programs whose agent says that they run by themselves. Where a program runs says less than its own name: anyone may start a command
 * line in a container. The names are products, because anyone may append a URL with such a word to another agent.
 */
const CONTROLLERS =
  /exec-env\/AWS_(?:Lambda|ECS)|(?:^|[ [(]|exec-env\/)(?:karpenter\.sh|elbv2\.k8s\.aws|aws-controllers-k8s|crossplane-provider-aws|upbound-provider-aws|CloudCustodian|c7n|amazon-ssm-agent|amazon-vpc-cni|kubernetes|cluster-autoscaler|aws-ebs-csi-driver|aws-node-termination-handler|external-dns|cert-manager)(?:[ /#()\]-]|$)/i;
const TERRAFORM = /(?:^|\W)(?:Terraform|OpenTofu)\//i;
const CDK = /(?:^|\W)(?:aws-cdk|cdk-hotswap)(?:\W|$)/i;
/** Some services put brackets around an agent. */
const CLI = /^[ [(]*aws-cli(?:\W|$)|(?:^|[ [(])eksctl(?:\W|$)/i;
const CONSOLES =
  /(?:^|[ [])(?:(?:console[\w.-]*|signin)\.amazonaws(?:\.com|\.cn|-us-gov\.com|-eusc\.eu)|console\.aws\.amazon\.com|AWSConsole(?:[ ,;/\])]|$)|EC2ConsoleBackend|S3Console\/|EC2ConsoleFrontend|AWS CloudWatch Console|RDS Console|[A-Z][\w ]{1,48} Console,|Coral\/(?:Jakarta|Netty4)|aws-internal\/)|^[ [(]*AWS Internal[ \])]*$/i;
const BROWSER = /(?:^|[ [])Mozilla\//i;
/**
 * The users of an application cannot sign in to the console: the pages of the application call AWS from the browser. An application may
 * also open the console for a user. Then AWS marks the session (`sessionCredentialFromConsole`).
 */
const APP_PROVIDER = new RegExp(providersOf('users of an application'));
/** A user agent that is only the name of a service. */
const SERVICE_AGENT = new RegExp(String.raw`^[ [(]*[\w.-]+\.${DOMAIN_PATTERN}[ \])]*$`, 'i');
const CONSOLE_AGENT = /^[ [(]*(?:console|signin)/i;
const SDKS =
  /(?:^|[ [(])(?:Boto\/|Boto3|Botocore|aws-sdk-|aws-sam-cli\/|SAM\/|aws-toolkit|AWSToolkit|AWSPowerShell|Go-http-client|python-requests|ec2-api-tools|serverless|curl|okhttp|Apache-HttpClient)/i;
const INTERNAL = 'AWS Internal';
/** Amazon Q, also in chats, and AWS's own MCP servers: they carry a person's rights (`aws:CalledViaAWSMCP` names the same services). */
const AI_SERVICE = new RegExp(String.raw`^(?:q|chatbot|[a-z]+-mcp)\.${DOMAIN_PATTERN}$`);
/** A query may drop a table. CloudTrail does not record the text of the query, so only the calls of this service show it. */
const QUERY_SERVICE = new RegExp(String.raw`^athena\.${DOMAIN_PATTERN}$`);
const STACK_SERVICE = new RegExp(String.raw`^cloudformation\.${DOMAIN_PATTERN}$`);
/** The page of sign-in. GovCloud, China and Europe's own cloud have hosts of their own. */
const SIGN_IN = /^signin\.amazonaws(?:\.com|\.com\.cn|\.cn|-us-gov\.com|-eusc\.eu)$/;

const SERVICE = new RegExp(String.raw`^[\w.-]+\.${DOMAIN_PATTERN}$`);

/** Tests of what AWS writes. */
const BY_AWS: readonly Test[] = [
  [
    'cloudformation',
    ({ invokedBy = '', address = '' }) =>
      STACK_SERVICE.test(invokedBy) || STACK_SERVICE.test(address),
  ],
  [
    'agent',
    ({ invokedBy = '', address = '' }) => AI_SERVICE.test(invokedBy) || AI_SERVICE.test(address),
  ],
  ['console', ({ invokedBy }) => isSignInPage(invokedBy)],
  [
    'service',
    ({ invokedBy = '', address = '' }) => isServiceName(invokedBy) || isServiceName(address),
  ],
  ['service', isByService],
  // Something that was done in the console and that was no call of an API.
  [
    'console',
    ({ event, invokedBy }) => event.eventType === 'AwsConsoleAction' && invokedBy === undefined,
  ],
  ['console', (caller) => isInternal(caller) && caller.fromConsole],
  ['aws internal', isInternal],
];

/** Tests of the user agent: the caller's own program wrote it. */
const BY_AGENT: readonly (readonly [
  carrier: Carrier | 'browser',
  pattern: RegExp,
  except?: RegExp,
])[] = [
  ['service', SERVICE_AGENT, CONSOLE_AGENT],
  ['cloudshell', CLOUDSHELL],
  ['pulumi', PULUMI],
  ['terraform', TERRAFORM],
  ['cdk', CDK],
  ['agent', AI_AGENT],
  ['cli', CLI],
  ['controller', CONTROLLERS],
  ['console', CONSOLES],
  ['browser', BROWSER],
  ['sdk', SDKS],
];

/** A log has few agents, and each is tried against all of the patterns. */
const namedBy = remembering(
  (agent) =>
    BY_AGENT.find(
      ([, pattern, except]) => pattern.test(agent) && except?.test(agent) !== true,
    )?.[0] ?? 'unknown',
  { most: 1000, longest: 1000 },
);

const CONSOLE_BY_AWS: CarrierFact = { carrier: 'console', confidence: 'A' };

/** What sent the call; `unknown` where no test holds. */
export function carrierOf(caller: Caller): CarrierFact {
  const byAws = BY_AWS.find(([, holds]) => holds(caller));
  if (byAws !== undefined) {
    const isOrder = byAws[0] === 'service' && QUERY_SERVICE.test(caller.invokedBy ?? '');
    return { carrier: byAws[0], confidence: 'A', ...(isOrder && { isOrder }) };
  }
  const { event, fromConsole } = caller;
  const carrier = namedBy(event.userAgent ?? '');
  // Nobody signs in to anything else.
  const isSignIn = event.eventType === 'AwsConsoleSignIn';
  switch (carrier) {
    case 'cloudshell':
    case 'console':
      return { carrier, confidence: fromConsole ? 'A' : 'C' };
    case 'browser':
      return APP_PROVIDER.test(caller.provider ?? '') && !isSignIn && !fromConsole
        ? { carrier: 'unknown', confidence: 'C' }
        : { carrier: 'console', confidence: fromConsole ? 'A' : 'C' };
    case 'sdk':
      return isSignIn ? CONSOLE_BY_AWS : { carrier, confidence: 'C' };
    // Back ends of the console have any agent. The programs with which people use its sessions have known ones.
    case 'unknown':
      return isSignIn || fromConsole ? CONSOLE_BY_AWS : { carrier, confidence: 'C' };
    case 'service':
      return fromConsole ? CONSOLE_BY_AWS : { carrier, confidence: 'C' };
    default:
      return { carrier, confidence: 'C' };
  }
}

/** The part of a user agent that names a program which runs by itself; undefined if no part does. */
export function controllerIn(agent: string): string | undefined {
  return CONTROLLERS.exec(agent)?.[0].replaceAll(/^[ [(]|[ /#()\]-]$/g, '');
}

/** Whether AWS sends the calls of this carrier, with whatever rights: they name no program of the caller's. */
export function isOfAws(carrier: Carrier): boolean {
  return carrier === 'service' || carrier === 'cloudformation' || carrier === 'aws internal';
}

/** Whether this is the page of sign-in, as AWS names who sent a call. */
export function isSignInPage(name: string | undefined): boolean {
  return name !== undefined && SIGN_IN.test(name);
}

function isInternal({ invokedBy, address }: Caller): boolean {
  return [invokedBy, address].includes(INTERNAL);
}

function isServiceName(name: string): boolean {
  return SERVICE.test(name) && !/^(?:console|signin)/.test(name);
}
