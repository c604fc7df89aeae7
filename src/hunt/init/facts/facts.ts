/**
 * All that the logs say of the roles that might be allowed: a second walk over the findings, which keeps everything about these few
 * roles, whatever else the log is flooded with.
 */
import type { Finding } from '../../../report/finding.js';
import type { Report } from '../../../report/report.js';
import { suspectAgent } from '../../../rule/catalog/suspect-agent.js';
import { principalOf, programOf, type Program } from './caller-key.js';
import { issuedTo, KeyPlaces, type Wandering } from './key-places.js';
import { unknownWords } from './session-name.js';
import { CHANGES, BY_HAND, SIGN_INS } from './rules.js';
import { Names, newSeen, Seen } from './seen.js';
import { MOST_ADDRESSES, type Line } from './tally.js';

/** Roles that are looked at. Whoever has more roles that change things begins with the busiest. */
const MOST_ROLES = 500;
const MOST_TOOLS = 40;
const MOST_IDS = 1000;

/** The changes of a role from one address with one tool. */
export interface AddressFacts {
  readonly seen: Seen;
  /** Changes with the flag `new address`. A new version of a tool is no surprise at an address that is known. */
  flagged: number;
  /** Changes of sessions of which AWS says that a program began them. */
  proven: number;
  /** Changes with a key that was used from another address before. */
  shared: number;
  /** Changes by people. */
  byPeople: number;
}

/** The changes of a role with one tool. */
export interface ToolFacts {
  readonly program: Program;
  readonly seen: Seen;
  proven: number;
  readonly addresses: Names<AddressFacts>;
  /** A session whose name is not one that a program gives; null if there is none. */
  personal: string | null;
  /** Words of names of sessions that may be IDs. */
  readonly ids: Names<Seen>;
  /** A user agent of a tool for attacks, or with hidden characters; null if there is none. */
  suspect: string | null;
  /** Who is behind a session, as the calls say that issued its key; null if nobody is known. */
  behind: string | null;
}

export interface RoleFacts {
  readonly arn: string;
  /** By `tool` of `allow`. */
  readonly tools: Map<string, ToolFacts>;
  /** A change by a person with this role, or a sign-in; null if there is none. */
  person: string | null;
  /** A change with a program that `allow` should not name, by somebody who is not known; null if there is none. */
  direct: string | null;
  /** A call whose session AWS calls one of the console; null if there is none. */
  console: string | null;
  /** A call with the same key as one of a tool, with another tool; null if there is none. */
  otherTool: string | null;
}

export interface Facts {
  readonly roles: ReadonlyMap<string, RoleFacts>;
  /** Who else is at an address of these roles: a person, or a program in the hands of somebody who is not known. */
  readonly strangers: ReadonlyMap<string, string>;
  /** Who starts stacks of CloudFormation, as far as it may be by hand, by account. */
  readonly stacks: ReadonlyMap<string, string>;
  /** Keys of sessions that were used from two addresses, or elsewhere than where they were issued, by the role. */
  readonly wandering: ReadonlyMap<string, readonly Wandering[]>;
  /** Whether these roles had so many keys that some of them may wander unseen. */
  readonly hasMoreKeys: boolean;
}

/** Programs that run unattended, or that apply code which others can review. */
const UNATTENDED: ReadonlySet<string> = new Set([
  'terraform',
  'pulumi',
  'cdk',
  'cloudformation',
  'controller',
]);

/** Whether programs of this kind run without a person. */
export function isUnattended({ carrier }: Program): boolean {
  return UNATTENDED.has(carrier);
}

/** Reads the findings once more. `lines` say which roles might be allowed. */
export function factsOf(
  { findings, links }: Pick<Report, 'findings' | 'links'>,
  lines: readonly Line[],
): Facts {
  const wanted = lines.filter(
    ({ principal, program, visible }) =>
      principal.kind === 'role' && principal.isExact && program.tool !== null && visible > 0,
  );
  const roles = new Map<string, RoleFacts>();
  for (const { principal } of wanted)
    if (roles.size < MOST_ROLES && !roles.has(principal.id))
      roles.set(principal.id, emptyFacts(principal.id));
  const addresses = new Set(
    wanted.flatMap(({ addresses: own }) => own.entries().map(([address]) => address)),
  );
  const strangers = new Map<string, string>();
  const stacks = new Map<string, string>();
  const issued = issuedTo(links);
  const places = new KeyPlaces(issued);
  // However many keys the others have, those of these roles are looked at.
  const others = new KeyPlaces(issued);
  for (const finding of findings) {
    const ids = new Set(finding.rules.map(({ id }) => id));
    const principal = principalOf(finding);
    const role = principal.kind === 'role' ? roles.get(principal.id) : undefined;
    const isSignIn = ids.has(SIGN_INS);
    if (isSignIn && role !== undefined)
      role.person ??= `${finding.actor.name} signs in to the console with it`;
    if (ids.has(CHANGES) && principal.kind === 'role') {
      const isShared = (role === undefined ? others : places).add(principal.id, finding);
      if (role !== undefined) addToRole(role, finding, isShared);
    }
    const address = finding.sourceIPAddress ?? '';
    if (addresses.has(address) && !strangers.has(address) && isStranger(finding, isSignIn))
      strangers.set(address, strangerText(finding));
    const isByHand = ids.has(BY_HAND) && !ids.has(SIGN_INS);
    if (isByHand && finding.eventSource === 'cloudformation.amazonaws.com') {
      const account = finding.recipientAccountId ?? '';
      if (stacks.size < MOST_ROLES && !stacks.has(account))
        stacks.set(account, `${finding.actor.name} (${finding.eventName})`);
    }
  }
  const wandering = new Map([...others.wandering, ...places.wandering]);
  return { roles, strangers, stacks, wandering, hasMoreKeys: places.isFull };
}

function emptyFacts(arn: string): RoleFacts {
  return { arn, tools: new Map(), person: null, direct: null, console: null, otherTool: null };
}

/** Whether AWS says that a program began the session: in the record, or in those of the calls that issued its key. */
function isProven({ how }: Pick<Finding, 'how'>): boolean {
  return how.class === 'automation' || how.class === 'service';
}

function isPerson({ how }: Pick<Finding, 'how'>): boolean {
  return how.class !== 'unknown' && !isProven({ how });
}

function isStranger(finding: Finding, isSignIn: boolean): boolean {
  if (isSignIn || isPerson(finding)) return true;
  return !isProven(finding) && !isUnattended(programOf(finding));
}

function strangerText({ actor, how }: Finding): string {
  return `${actor.name} with ${how.tool ?? how.carrier}`;
}

function addToRole(role: RoleFacts, finding: Finding, isShared: boolean): void {
  const { actor, how, eventName, eventID } = finding;
  const program = programOf(finding);
  const what = `${eventName ?? 'a call'} with ${how.tool ?? how.carrier} (${eventID ?? 'no event ID'})`;
  if (isPerson(finding)) role.person ??= `${actor.name}: ${what}`;
  else if (!isProven(finding) && !isUnattended(program)) role.direct ??= what;
  for (const { reason, eventID: shows } of how.flags) {
    if (reason === 'console session') role.console ??= shows ?? 'no event ID';
    if (reason === 'another tool') role.otherTool ??= shows ?? 'no event ID';
  }
  const facts = program.tool === null ? undefined : toolFacts(role, program, program.tool);
  if (facts !== undefined) addToTool(facts, finding, isShared);
}

/** Undefined where a hostile log names too many. */
function toolFacts(role: RoleFacts, program: Program, tool: string): ToolFacts | undefined {
  const { tools } = role;
  const known = tools.get(tool);
  if (known !== undefined) return known;
  if (tools.size >= MOST_TOOLS) {
    role.direct ??= `more than ${MOST_TOOLS} tools`;
    return undefined;
  }
  const facts: ToolFacts = {
    program,
    seen: new Seen(),
    proven: 0,
    addresses: new Names(MOST_ADDRESSES),
    personal: null,
    ids: new Names(MOST_IDS),
    suspect: null,
    behind: null,
  };
  tools.set(tool, facts);
  return facts;
}

function newAddress(): AddressFacts {
  return { seen: new Seen(), flagged: 0, proven: 0, shared: 0, byPeople: 0 };
}

function addToTool(facts: ToolFacts, finding: Finding, isShared: boolean): void {
  const { actor, how, eventTime, sourceIPAddress, userAgent } = finding;
  const address = sourceIPAddress ?? 'no address';
  const proven = isProven(finding);
  facts.seen.add(eventTime);
  if (proven) facts.proven += 1;
  facts.behind ??= actor.behind?.name ?? null;
  if (suspectAgent(userAgent ?? '') !== undefined) facts.suspect ??= how.tool ?? 'no name';
  if (!proven) addName(facts, finding);
  const at = facts.addresses.of(address, newAddress);
  if (at !== undefined) {
    at.seen.add(eventTime);
    if (proven) at.proven += 1;
    if (isShared) at.shared += 1;
    if (isPerson(finding)) at.byPeople += 1;
    if (how.flags.some(({ reason }) => reason === 'new address')) at.flagged += 1;
  }
}

function addName(facts: ToolFacts, { actor, eventTime }: Finding): void {
  const words = unknownWords(actor, facts.program);
  if (words === undefined) facts.personal ??= actor.session ?? 'no name';
  for (const word of words ?? []) facts.ids.of(word, newSeen)?.add(eventTime);
}
