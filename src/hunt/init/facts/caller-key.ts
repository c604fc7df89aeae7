/** Who made a change, without the session, and with which program: what `hunt init` groups by, and what `allow` can name. */
import { textAt } from '../../../cloudtrail/json.js';
import { shortened } from '../../../change/sentence.js';
import { agentOf } from '../../../change/actor/caller.js';
import { toolOf } from '../../../change/actor/tool.js';
import { controllerIn, type Carrier } from '../../../change/actor/carrier.js';
import type { Finding } from '../../../report/finding.js';
import { remembering } from '../../../memory/remembering.js';

export type PrincipalKind = 'role' | 'user' | 'root' | 'service' | 'other';

export interface Principal {
  readonly kind: PrincipalKind;
  /** The ARN of the role or the user, or else the name that the log has. */
  readonly id: string;
  /** For people: `role/Deploy`, `user/ci`, `root`, `rds.amazonaws.com`. */
  readonly name: string;
  /** Whether `allow` can name it exactly: a role with its path, or a user. */
  readonly isExact: boolean;
}

export interface Program {
  readonly carrier: Carrier;
  /** Without its version: `Terraform`, `aws-cli`, `karpenter.sh`. */
  readonly name: string;
  /** What `tool` of `allow` can say of it; null where it can say nothing. */
  readonly tool: string | null;
}

type Caller = Pick<Finding, 'actor' | 'how' | 'userAgent' | 'userIdentity' | 'recipientAccountId'>;

/** In UTF-16 units. The longest ARN has fewer; a hostile log has longer texts. */
const LONGEST = 512;
/** A role in an ARN with all of its characters, so that nothing in it is a wildcard, or a colon that leads elsewhere. */
const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;
const USER = /^arn:aws[\w-]*:iam::\d{12}:user\/[\w+=,.@/-]+$/;

/** Who made a call, as `allow` can name them: a session by its role. */
export function principalOf({ actor, userIdentity, recipientAccountId }: Caller): Principal {
  const issuer = textAt(userIdentity, ['sessionContext', 'sessionIssuer', 'arn']);
  const account = recipientAccountId ?? '';
  if (actor.origin === 'root')
    return { kind: 'root', id: `root of ${bounded(account)}`, name: 'root', isExact: false };
  if (actor.origin === 'service')
    return { kind: 'service', id: bounded(actor.name), name: bounded(actor.name), isExact: false };
  if (actor.role !== null) {
    const name = bounded(`role/${actor.role}`);
    const isArn = issuer !== null && issuer.includes(':role/');
    const id = bounded(isArn ? issuer : `${account}:${name}`);
    return { kind: 'role', id, name, isExact: ROLE.test(id) };
  }
  const type = textAt(userIdentity, ['type']);
  const id = bounded(actor.principal ?? actor.name);
  const kind = type === 'IAMUser' ? 'user' : 'other';
  return { kind, id, name: bounded(actor.name), isExact: kind === 'user' && USER.test(id) };
}

/** Its `tool` is what `allow` would need to mean the program; null where a tool says nothing. */
export function programOf({ how, userAgent }: Pick<Caller, 'how' | 'userAgent'>): Program {
  const { carrier } = how;
  const agent = agentOf(userAgent) ?? '';
  switch (carrier) {
    case 'terraform':
    case 'pulumi':
    case 'cdk':
    case 'cli':
    case 'cloudshell':
    case 'agent':
    case 'sdk':
      return { carrier, name: programName(agent, carrier), tool: carrier };
    case 'controller': {
      const mark = controllerIn(agent);
      if (mark === undefined) return { carrier, name: programName(agent, carrier), tool: null };
      // Somebody may run a command line in the same container, and a pattern of the container would hide it.
      const tool = mark.startsWith('exec-env/AWS_') ? carrier : `*${mark}*`;
      return { carrier, name: mark, tool };
    }
    case 'cloudformation':
      return { carrier, name: 'CloudFormation', tool: carrier };
    case 'console':
    case 'service':
    case 'aws internal':
      return { carrier, name: carrier, tool: null };
    case 'unknown':
      return { carrier, name: programName(agent, 'no user agent'), tool: null };
    default:
      return carrier satisfies never;
  }
}

/** A log has few agents, and each is tried against dozens of patterns. */
const toolName = remembering((agent) => shortened(toolOf(agent).name, 60), {
  most: 1000,
  longest: 1000,
});

function programName(agent: string, missing: string): string {
  return agent === '' ? missing : toolName(agent);
}

function bounded(text: string): string {
  return shortened(text, LONGEST);
}
