/** What an accepted finding offers to an exclusion: by what one can tell it from other changes. */
import type { Carrier } from '../../change/actor/carrier.js';
import type { Origin } from '../../change/actor/origin.js';
import { isAccountId } from '../../cloudtrail/account.js';
import { member, type Json } from '../../cloudtrail/json.js';
import { findingCondition, type EventOfFinding } from '../../disposition/finding-condition.js';
import type { MatchedFinding } from '../../report/finding.js';
import { suspectAgent, type Suspicion } from '../../rule/catalog/suspect-agent.js';
import { toolCondition, toolNames } from '../../rule/catalog/tools.js';
import type { Holds } from '../../rule/condition/holds.js';
import { readCall } from '../../rule/condition/calls.js';
import { isAddress } from '../../network/addresses.js';
import { hides } from '../../text/safe-text.js';

/** Values as `allow` of `hunt.yml` takes them; null where the event has none that it takes. */
export interface Facets {
  /** The IDs of the rules that matched the event. */
  readonly rules: readonly string[];
  readonly role: string | null;
  /** Of an IAM user, or of a session from a sign-in to the console: an exclusion must name these. */
  readonly user: string | null;
  readonly tool: string;
  readonly account: string | null;
  readonly address: string | null;
  readonly call: string | null;
  /** IDs of what it changed. */
  readonly resources: readonly string[];
}

/** Why no exclusion may cover a finding, however many are accepted. */
export interface Forbidden {
  readonly forbidden: string;
}

const SUSPECT: Readonly<Record<Suspicion, string>> = {
  hides: 'its user agent is missing, or hides what it is',
  'tool of attackers': 'its user agent is that of a tool of attackers',
};
const WILDCARD = /[*?]/;
const LONGEST = 500;
const PERSONAL_TYPES = new Set(['IAMUser', 'FederatedUser']);
/** AWS or the identity provider names the session of these after the person. */
const PERSONS: ReadonlySet<Origin> = new Set<Origin>(['console person', 'sso person']);
/** So a person sits there, even where the record does not say how the session began. */
const BY_HAND: ReadonlySet<Carrier> = new Set<Carrier>(['console', 'cloudshell']);
const OF_A_USER = /^arn:[^:]*:(?:iam::\d{12}:user|sts::\d{12}:federated-user)\/./;
const ROLE = /^arn:[^:]*:iam::\d{12}:role\/./;

/** What an exclusion can ask for, or why none is allowed: see who is behind the credential. */
export function facetsOf(finding: MatchedFinding): Facets | Forbidden {
  const { userIdentity, userAgent, actor, recipientAccountId } = finding;
  const type = member(userIdentity, 'type');
  const context = member(userIdentity, 'sessionContext');
  if (actor.origin === 'root' || type === 'Root')
    return { forbidden: 'root made it, and nothing that root does may be excluded' };
  if (userAgent === null || userAgent === '') return { forbidden: SUSPECT.hides };
  const suspicion = suspectAgent(userAgent);
  if (suspicion !== undefined) return { forbidden: SUSPECT[suspicion] };
  const tool = toolIn(finding);
  if (tool === null)
    return { forbidden: 'the beginning of its user agent may be that of any program' };
  const role = plain(member(member(context, 'sessionIssuer'), 'arn'), ROLE);
  const isUser = typeof type === 'string' && PERSONAL_TYPES.has(type);
  const isPerson =
    isPersonal(finding) || PERSONS.has(actor.origin) || BY_HAND.has(finding.how.carrier);
  const session = isPerson ? plain(actor.session) : null;
  const user = isUser ? plain(member(userIdentity, 'arn'), OF_A_USER) : session;
  if (isUser ? user === null : role === null)
    return {
      forbidden: 'the log names neither its role nor its user: the user agent alone proves nothing',
    };
  if (isPerson && user === null)
    return { forbidden: 'a person signed in, and the log does not say who' };
  return {
    rules: finding.rules.map(({ id }) => id).toSorted(),
    role: isUser ? null : role,
    user,
    tool,
    account: isAccountId(recipientAccountId ?? '') ? recipientAccountId : null,
    address: addressOf(finding),
    call: callOf(finding),
    resources: (finding.change?.resources ?? []).flatMap(
      ({ id }) => plain(id, /[\p{L}\p{N}]/u) ?? [],
    ),
  };
}

/** Whether `allow` covers the credential only where it names the user. */
function isPersonal({ sessionCredentialFromConsole, userIdentity }: MatchedFinding): boolean {
  const context = member(userIdentity, 'sessionContext');
  const key = member(userIdentity, 'accessKeyId');
  return (
    isTrue(sessionCredentialFromConsole) ||
    isTrue(member(member(context, 'attributes'), 'sessionCredentialFromConsole')) ||
    (typeof key === 'string' && key.startsWith('AKIA'))
  );
}

function isTrue(value: Json | undefined): boolean {
  return value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
}

/** A text that means itself in `hunt.yml`. */
function plain(value: Json | undefined, form = /./u): string | null {
  if (typeof value !== 'string' || value.length > LONGEST || value.trim() !== value) return null;
  return WILDCARD.test(value) || hides(value) || !form.test(value) ? null : value;
}

let words: readonly (readonly [name: string, holds: Holds<EventOfFinding>])[] | undefined;

/** A word for the tool, else the name at the beginning of the user agent, whatever its version. */
function toolIn(finding: MatchedFinding): string | null {
  const at = { file: 'tools.yml', line: 1, column: 1 };
  words ??= toolNames().map((name) => [name, findingCondition(toolCondition(name, at))] as const);
  const own = words.filter(([, holds]) => holds(finding) === true).map(([name]) => name);
  const { carrier } = finding.how;
  if (own.includes(carrier)) return carrier;
  const [first] = own;
  if (first !== undefined) return first;
  const agent = finding.userAgent ?? '';
  const [product] = /^[\w.[( -]{3,60}\//.exec(agent) ?? [];
  if (product !== undefined) return `${product}*`;
  // What stands before a wildcard may be the beginning of anything.
  const [start] = WILDCARD.test(agent) ? [] : (/^.{3,100}/u.exec(agent) ?? []);
  return start === undefined ? null : `${start}*`;
}

function addressOf({ sourceIPAddress }: MatchedFinding): string | null {
  return sourceIPAddress !== null && isAddress(sourceIPAddress) ? sourceIPAddress : null;
}

function callOf({ eventSource, eventName }: MatchedFinding): string | null {
  if (eventSource === null || !eventSource.endsWith('.amazonaws.com')) return null;
  const call = plain(`${eventSource.slice(0, -'.amazonaws.com'.length)}:${eventName ?? ''}`);
  return call === null || typeof readCall(call) === 'string' ? null : call;
}
