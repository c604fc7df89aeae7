/**
 * Which program a user agent names, by meaning and not by length: "Terraform 1.1.2, provider 3.76.1, through terraform-exec".
 * Whoever holds a credential can write any user agent, so nothing here is a proof.
 * Source of the form: https://github.com/aws/aws-sdk-go-v2/blob/main/aws/middleware/user_agent.go and the SDKs' like.
 */
import { remembering } from '../../memory/remembering.js';
import { shortened } from '../sentence.js';

export interface Tool {
  /** `Terraform`, `aws-cli`, `Boto3`. */
  readonly name: string;
  readonly version: string | null;
  /** What else the agent says that helps a reader: `provider 3.76.1`, `in CloudShell`, `ec2 stop-instances`. */
  readonly details: readonly string[];
}

const LONGEST = 80;
/** CloudTrail cuts user agents at 1 KB. Only a log that somebody made has a longer one, and no name is sought behind this. */
const LONGEST_AGENT = 2048;

/** What `toolText` says of an agent's tool. A log has few agents, and each is tried against dozens of patterns. */
export const toolTextOf = remembering((agent) => toolText(toolOf(agent)), {
  most: 1000,
  longest: 1000,
});

/** One line of text: `aws-cli 2.13.5, in CloudShell, ec2 stop-instances`. */
function toolText({ name, version, details }: Tool): string {
  return [version === null ? name : `${name} ${version}`, ...details].join(', ');
}

/** The tool that an agent names. An agent in no known form is its own name, shortened. */
export function toolOf(whole: string): Tool {
  const agent = whole.slice(0, LONGEST_AGENT);
  return (
    terraform(agent) ??
    cloudCustodian(agent) ??
    namedTool(agent) ??
    browser(agent) ??
    firstProduct(agent) ??
    sdk(agent) ?? { name: shortened(agent, LONGEST), version: null, details: [] }
  );
}

/** The provider writes the same text for OpenTofu, unless OpenTofu adds its own name. */
function terraform(agent: string): Tool | undefined {
  const version = product(agent, 'Terraform');
  if (version === undefined) return undefined;
  const provider =
    product(agent, 'terraform-provider-aws') ?? product(agent, 'terraform-provider-awscc');
  const place = placeOf(agent);
  return {
    name: /\bopentofu\b/i.test(agent) ? 'OpenTofu' : 'Terraform',
    version,
    details: [
      ...(provider === undefined ? [] : [`provider ${provider}`]),
      ...drivers(agent).map((driver) => `through ${driver}`),
      ...(place === undefined ? [] : [`in ${place}`]),
    ],
  };
}

/** The version of Terraform's provider that an agent names. */
export function providerVersionOf(agent: string): string | null {
  return product(agent, 'terraform-provider-aws') ?? null;
}

/** Programs that run Terraform, or that add their name to its agent. */
const DRIVERS = [
  'HashiCorp-terraform-exec',
  'stratus-red-team',
  'crossplane',
  'terragrunt',
  'pulumi',
  'atlantis',
  'spacelift',
].map((name) => ({
  name: name.replace('HashiCorp-', ''),
  // An ID or a version may follow a name without a blank: `stratus-red-team_11a6ef34`.
  pattern: new RegExp(`(?<![a-z])${name}(?![a-z])`, 'i'),
}));

function drivers(agent: string): readonly string[] {
  return DRIVERS.flatMap(({ pattern, name }) => (pattern.test(agent) ? [name] : []));
}

/** Products that name the tool, the most telling first. */
const PRODUCTS: readonly string[] = [
  'Pulumi',
  'PulumiAwsNative',
  'aws-cdk-cli',
  'aws-cdk',
  'cdk-hotswap',
  'crossplane-provider-aws',
  'upbound-provider-aws',
  'aws-controllers-k8s',
  'karpenter.sh',
  'elbv2.k8s.aws',
  'eksctl',
  'CloudCustodian',
  'c7n',
  'amazon-ssm-agent',
  'amazon-vpc-cni-k8s',
  'amazon-vpc-cni',
  'cluster-autoscaler',
  'external-dns',
  'cert-manager',
  'kubernetes',
  'stratus-red-team',
  'Pacu',
  'aws-cli',
  'AWSPowerShell',
  'AWS-Toolkit-For-JetBrains',
  'AWS-Toolkit-For-VSCode',
  'aws-toolkit-vscode',
  'aws-sam-cli',
  'SAM',
  'serverless-framework',
  'serverless',
  'Ansible',
  'S3Console',
  'EC2ConsoleFrontend',
  'MCPClient',
];

/** SDKs and libraries, whose names are in the agents of all programs that use them. */
const SDKS: readonly string[] = [
  'Boto',
  'Boto3',
  'Botocore',
  'aws-sdk-go-v2',
  'aws-sdk-go',
  'aws-sdk-java',
  'aws-sdk-js',
  'aws-sdk-nodejs',
  'aws-sdk-php',
  'aws-sdk-ruby3',
  'aws-sdk-ruby',
  'aws-sdk-dotnet',
  'aws-sdk-rust',
  'aws-sdk-python',
  'aws-sdk-kotlin',
  'aws-sdk-cpp',
  'aws-sdk-swift',
  'Go-http-client',
  'python-requests',
  'curl',
];

const namedTool = (agent: string): Tool | undefined => oneOf(PRODUCTS, agent);
const sdk = (agent: string): Tool | undefined => oneOf(SDKS, agent);

function oneOf(names: readonly string[], agent: string): Tool | undefined {
  for (const name of names) {
    const version = product(agent, name);
    if (version === undefined) continue;
    return { name, version: version === '' ? null : version, details: detailsOf(agent) };
  }
  return undefined;
}

/** Cloud Custodian names the policy that it carries out: `CloudCustodian(sg-open)/0.9.31`. */
function cloudCustodian(agent: string): Tool | undefined {
  const [, policy = '', version] =
    /(?:^|\s)CloudCustodian\(([^()]{1,200})\)(?:\/([\w.-]+))?/.exec(agent) ?? [];
  if (policy === '') return undefined;
  return {
    name: 'CloudCustodian',
    version: version === undefined ? null : shortened(version),
    details: [`policy ${shortened(policy)}`],
  };
}

/** What partners of AWS write before the name of their program. */
const PARTNER = /^(?:APN\/\S+\s+)?(?:HashiCorp\/\S+\s+)?/i;

/**
 * The program that an agent begins with: `Prowler/4.0 Boto3/1.26`, `RDS Console, aws-internal/3`. Undefined where that is an SDK, or a
 * part of the form that SDKs write.
 */
function firstProduct(agent: string): Tool | undefined {
  const text = agent.replace(PARTNER, '');
  const [, name = '', version] =
    /^([A-Za-z][\w.-]*(?: (?!aws-)[A-Za-z][\w.-]*){0,3})(?:\/([^\s,;()]+)|,|$)/.exec(text) ?? [];
  const isPart = name.length < 3 || name.length > LONGEST || name === 'aws-internal';
  if (isPart || SDKS.some((one) => product(name, one) !== undefined)) return undefined;
  return {
    name,
    version: version === undefined ? null : shortened(version),
    details: detailsOf(agent),
  };
}

function detailsOf(agent: string): readonly string[] {
  const place = placeOf(agent);
  const command = /\b(?:command[/#]|md\/command#)([\w.-]+)/.exec(agent)?.[1];
  const server = /\bawslabs[#/]mcp[#/]([\w.-]+)/.exec(agent)?.[1];
  const app = /(?:^|\s)app\/([^\s]+)/.exec(agent)?.[1];
  return [
    ...(place === undefined ? [] : [`in ${place}`]),
    ...(command === undefined ? [] : [shortened(command).replace('.', ' ')]),
    ...(server === undefined ? [] : [`through the MCP server ${shortened(server)}`]),
    ...(app === undefined ? [] : [`app ${shortened(app)}`]),
  ];
}

const PLACES: readonly (readonly [pattern: RegExp, place: string])[] = [
  [/exec-env\/CloudShell/i, 'CloudShell'],
  [/exec-env\/AWS_Lambda/i, 'Lambda'],
  [/exec-env\/AWS_ECS/i, 'ECS'],
  [/exec-env\/EC2/i, 'EC2'],
];

/** Where the program ran, as the program says. */
function placeOf(agent: string): string | undefined {
  const other = /\bexec-env\/([\w.-]+)/.exec(agent)?.[1];
  return (
    PLACES.find(([pattern]) => pattern.test(agent))?.[1] ??
    (other === undefined ? undefined : shortened(other))
  );
}

const BROWSERS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d{1,9})\S{0,40} (?:Mobile\/\S{1,40} )?Safari\//, 'Safari'],
];

function browser(agent: string): Tool | undefined {
  if (!agent.startsWith('Mozilla/')) return undefined;
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(agent)?.[1];
    if (version !== undefined) return { name, version, details: [] };
  }
  return { name: 'a browser', version: null, details: [] };
}

/** The version of a product in an agent; empty if the product stands without one. Undefined if it is not there. */
function product(agent: string, name: string): string | undefined {
  // Most products are not there, and an expression for each takes long to make.
  if (!agent.toLowerCase().includes(name.toLowerCase())) return undefined;
  const at = new RegExp(
    `(?:^|[\\s\\[(,])${name.replaceAll('.', '\\.')}(?=$|[/#\\s_,;)\\]]|-v?\\d+\\.)(?:[/#-]([^\\s/,;)\\]]*))?`,
    'i',
  );
  const found = at.exec(agent);
  return found === null ? undefined : shortened(found[1] ?? '');
}
