/**
 * What to propose about each line: to allow it, to ask, or nothing. It is proposed only if nothing in the logs speaks against it,
 * because what is allowed is no longer seen. Everything else that might be automation is a question.
 */
import type { ChangeClass } from '../../../change/actor/class.js';
import { isAddress } from '../../../network/addresses.js';
import { counted } from '../../../text/counted.js';
import { isUnattended, type Facts, type RoleFacts, type ToolFacts } from '../facts/facts.js';
import { proposalOf, type Candidate } from './entry-of-role.js';
import { wanderingText, type Wandering } from '../facts/key-places.js';
import { around, everywhere, FEW, networksOf, trustedIn, type Networks } from './network.js';
import type { Proposal } from './proposal.js';
import {
  openQuestion,
  byNetwork,
  furtherOf,
  type OpenQuestion,
  type Question,
} from './questions.js';
import { nameIn } from '../facts/session-name.js';
import type { Line } from '../facts/tally.js';
import { firstFew } from '../../../text/first-few.js';

export type Decision =
  /** An active line of `hunt.yml`. `notes` say what it leaves visible; `further` is a question about that. */
  | {
      readonly kind: 'allow';
      readonly proposal: Proposal;
      readonly notes: readonly string[];
      readonly further: readonly Question[];
    }
  | OpenQuestion
  /** The rule itself leaves it out. */
  | { readonly kind: 'hidden'; readonly why: string }
  | { readonly kind: 'by hand'; readonly why: string };

export interface Deciding {
  readonly facts: Facts;
  readonly minDays: number;
  /** Whether the calls that issued the keys of all sessions were looked for. */
  readonly isFollowed: boolean;
}

const BY_PERSON: ReadonlySet<ChangeClass> = new Set<ChangeClass>([
  'console',
  'command line or SDK by a person',
  'infrastructure as code by a person',
]);

/** The decision about each line. Lines of one role and tool, in several accounts, have the same one. */
export function decide(lines: readonly Line[], given: Deciding): ReadonlyMap<Line, Decision> {
  const deciding = { ...given, trusted: trustedAddresses(given), busy: usersOfTools(lines) };
  const known = new Map<string, Decision>();
  return new Map(
    lines.map((line) => {
      const role = deciding.facts.roles.get(line.principal.id);
      const tool = line.program.tool ?? '';
      const facts = role?.tools.get(tool);
      const key = JSON.stringify([role?.arn, tool]);
      const before = facts === undefined ? undefined : known.get(key);
      const decision = before ?? decided(line, deciding, role && facts && { role, facts, tool });
      if (facts !== undefined) known.set(key, decision);
      return [line, decision];
    }),
  );
}

interface Known extends Deciding {
  readonly trusted: ReadonlySet<string>;
  /** Users with several programs. */
  readonly busy: ReadonlySet<string>;
}

/** Addresses that programs of some role have used from the beginning, and nobody else. */
function trustedAddresses({ facts, minDays }: Deciding): ReadonlySet<string> {
  const tools = [...facts.roles.values()].flatMap((role) => [...role.tools.values()]);
  const all = tools
    .filter(({ program, suspect }) => isUnattended(program) && suspect === null)
    .flatMap((tool) => trustedIn(tool, minDays));
  return new Set(all.filter((address) => !facts.strangers.has(address)));
}

function usersOfTools(lines: readonly Line[]): ReadonlySet<string> {
  const ids = lines.flatMap(({ principal }) => (principal.kind === 'user' ? principal.id : []));
  return new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
}

function decided(line: Line, deciding: Known, candidate: Candidate | undefined): Decision {
  const { principal, program, visible, classes } = line;
  if (principal.kind === 'root') return { kind: 'by hand', why: 'root is never allowed' };
  if (visible === 0) return { kind: 'hidden', why: hiddenText(line, deciding) };
  // All that the rule does not leave out by itself.
  const byPeople = [...classes].reduce((sum, [one, n]) => sum + (BY_PERSON.has(one) ? n : 0), 0);
  const isAllByPerson = byPeople >= visible;
  if (principal.kind === 'user') return aboutUser(line, deciding);
  if (isAllByPerson || program.carrier === 'console' || program.carrier === 'cloudshell')
    return { kind: 'by hand', why: 'a person' };
  const isSeldom = line.seen.days.size < deciding.minDays;
  if (!isUnattended(program) && isSeldom)
    return { kind: 'by hand', why: 'the log does not tell, so it stays visible' };
  if (candidate !== undefined) return aboutRole(candidate, deciding);
  return {
    kind: 'ask',
    proposal: null,
    why: [
      principal.kind === 'role' && principal.isExact
        ? program.tool === null
          ? `${program.name} is no program that allow can name`
          : 'there are too many roles to look at each of them'
        : 'the log does not name a role or a user that allow could name',
    ],
    further: [],
  };
}

function hiddenText({ classes, principal }: Line, { facts }: Deciding): string {
  const [wandered] = facts.wandering.get(principal.id) ?? [];
  const look = wandered === undefined ? '' : `. Look: ${wanderingText(wandered)}`;
  return classes.has('automation')
    ? `AWS says that a pipeline, a function, an instance or a pod made the calls${look}`
    : 'an AWS service made the calls';
}

/** The key of a user is one of a person or of a program, and the log cannot tell. */
function aboutUser(line: Line, { minDays, busy }: Known): Decision {
  const { principal, program, seen, addresses, classes } = line;
  const networks = addresses.entries().map(([address]) => address);
  const isShort = seen.days.size < minDays;
  if (
    !principal.isExact ||
    program.tool === null ||
    program.carrier === 'cloudshell' ||
    classes.has('console') ||
    busy.has(principal.id) ||
    isShort
  )
    return { kind: 'by hand', why: "a user's own key or password" };
  const isFew = networks.length <= FEW && networks.every(isAddress);
  return openQuestion(
    {
      tool: program.tool,
      role: null,
      user: principal.id,
      network: isFew ? networks : [],
      reason: `${program.name} with the key of ${principal.name}`,
    },
    ['it is the long-lived key of a user, and the log does not say who has it'],
    [],
  );
}

function aboutRole(candidate: Candidate, deciding: Known): Decision {
  const { role, facts, tool } = candidate;
  const isProven = facts.proven === facts.seen.count;
  const networks = networksOf(facts, deciding);
  const wandered = outside(deciding.facts.wandering.get(role.arn) ?? [], networks);
  const why = [
    ...againstRole(role),
    ...againstTool(candidate, { ...deciding, isProven, networks }),
  ];
  const proposal = proposalOf({ role, facts, tool }, networks, isProven);
  const others = networks.networks.length === 0 ? [] : networks.others;
  const further = furtherOf(proposal, others, deciding.minDays);
  const isDoubt = why.length > 0 || (isProven && networks.networks.length === 0);
  if (wandered !== undefined && isDoubt) why.push(wanderingText(wandered));
  if (why.length > 0) return openQuestion(proposal, why, further);
  const look = wandered === undefined ? [] : [`Look: ${wanderingText(wandered)}`];
  return { kind: 'allow', proposal, notes: [...leftOut(others), ...look], further };
}

/** What speaks against any allowance of the role. */
function againstRole({ person, direct, console, otherTool }: RoleFacts): readonly string[] {
  return [
    ...(person === null ? [] : [`a person uses this role: ${person}`]),
    ...(direct === null ? [] : [`the role also changes things directly: ${direct}`]),
    ...(console === null ? [] : [`a session of it comes from the console (event ${console})`]),
    ...(otherTool === null
      ? []
      : [`another tool acted with the same key within minutes (event ${otherTool})`]),
  ];
}

function againstTool(
  { role, facts, tool }: Candidate,
  {
    minDays,
    isFollowed,
    isProven,
    networks,
    facts: { strangers, stacks, hasMoreKeys },
  }: Deciding & { readonly isProven: boolean; readonly networks: Networks },
): readonly string[] {
  const { networks: own } = networks;
  const isFew = own.length > 0;
  const isByAws = facts.program.carrier === 'cloudformation';
  const { days, span } = isFew ? networks : everywhere(facts);
  const stranger = facts.addresses
    .entries()
    .flatMap(([address]) => (own.includes(address) ? (strangers.get(address) ?? []) : []))[0];
  const personal = facts.personal ?? nameIn(facts.ids);
  // A stack set is started in another account.
  const stack = [...stacks].find(
    ([account]) => role.arn.includes(`:${account}:`) || role.arn.includes('StackSet'),
  )?.[1];
  return [
    ...(facts.suspect === null ? [] : [`the user agent is suspect: ${facts.suspect}`]),
    ...(days < minDays || span < minDays
      ? [
          `it was seen on ${counted(days, 'day')}, and for ${counted(span, 'day')}: both must be at least ${minDays}`,
        ]
      : []),
    ...(isByAws && stack !== undefined
      ? [`somebody starts stacks, and CloudFormation then acts for them: ${stack}`]
      : []),
    ...(isProven || isByAws
      ? []
      : [
          ...(isUnattended(facts.program)
            ? []
            : [`${tool} is a tool of people too, and the log does not say who began the sessions`]),
          ...(isFollowed ? [] : ['not all keys of sessions could be followed to who issued them']),
          ...(personal === null
            ? []
            : [`a session is not named like one of a program: ${personal}`]),
          ...(facts.ids.isFull ? ['its sessions have too many names to look at each of them'] : []),
          ...(stranger === undefined ? [] : [`somebody else is at the same address: ${stranger}`]),
          ...(isFew ? [] : [facts.proven === 0 ? nowhereText(facts) : mixedText(facts)]),
          ...(byNetwork(own).length > 1
            ? [`it comes from several networks, and the log does not say who began the sessions`]
            : []),
        ]),
    ...(isProven && !isFew && hasMoreKeys
      ? ['there are too many keys of sessions to see whether one was used from elsewhere']
      : []),
    ...(isProven && !isFew && !isUnattended(facts.program)
      ? [`${tool} is a tool of people too, and it comes from many addresses`]
      : []),
  ];
}

function mixedText({ proven, seen }: ToolFacts): string {
  return `a program began the sessions of ${counted(proven, 'change')}, but of ${seen.count - proven} the log does not say who did`;
}

function nowhereText({ addresses }: ToolFacts): string {
  return addresses.size > FEW
    ? `it comes from ${addresses.size} addresses${addresses.isFull ? ' or more' : ''}`
    : 'none of its addresses was in use from the beginning, and for long enough';
}

/** The first key that left the networks of the entry. */
function outside(wandering: readonly Wandering[], { networks }: Networks): Wandering | undefined {
  // Machines of such a network come and go.
  const isInside = (address: string): boolean =>
    networks.includes(address) || networks.includes(around(address));
  return wandering.find(({ from, to }) => !isInside(from) || !isInside(to));
}

type Others = Networks['others'];

function leftOut(others: Others): readonly string[] {
  if (others.length === 0) return [];
  const named = others.map(([address, { seen }]) => `${address} (${seen.count})`);
  return [`stays visible, because the address is new or seldom: ${firstFew(named, 3)}`];
}
