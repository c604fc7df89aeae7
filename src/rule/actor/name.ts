/**
 * Reads the names that reports give to actors, so that what somebody copies from a report means this actor. `change/actor/name.ts`
 * and `change/actor/behind.ts` write them. It knows no events: `condition.ts` says what the events of an actor have.
 */
import { isServiceName } from '../../cloudtrail/service-name.js';
import { HuntError } from '../../errors.js';
import { ACCESS_KEY } from '../spelling.js';

/** One actor. */
export type Whom =
  /** Without a session, all sessions of the role. */
  | { readonly kind: 'role'; readonly role: string; readonly session: string | null }
  /** Of IAM. */
  | { readonly kind: 'user'; readonly user: string }
  | { readonly kind: 'federated user'; readonly user: string; readonly by: Whom | null }
  /** Of a service that has users of its own. */
  | { readonly kind: 'user of a service'; readonly user: string; readonly service: string }
  | { readonly kind: 'service'; readonly service: string }
  /** An outside company with delegated access, with the identity that it was lent. */
  | { readonly kind: 'delegate'; readonly account: string; readonly as: Whom | null }
  | { readonly kind: 'principal'; readonly id: string }
  /** A part of a name. */
  | { readonly kind: 'text'; readonly text: string };

/** Whom a name means, and what limits it. */
export interface ActorName {
  readonly whom: Whom;
  /** The role with which a person acts whom the session names. */
  readonly role: string | null;
  /** The account that tells actors of one name apart. */
  readonly account: string | null;
}

/** What to look for where somebody gives the name that a report has. */
export interface Sought {
  /** Whether the text is an access key, a part of names, or a whole name. */
  readonly kind: 'key' | 'part' | 'name';
  readonly text: string;
  /** What the actor acts as, if that is left out of the text because only other events say who is behind it. */
  readonly leftOut: string | null;
}

const WITH_KEY = /^.+ (?:with key |\(key )(?<key>[A-Z0-9]+)\)?$/i;
const OF_ACCOUNT = /^(?<name>.+?) (?:of|in) (?:[^()]{1,200} \((?=\d+\)$))?(?<account>\d{12})\)?$/;
/** The second of a pair is what the first acts as. */
const PAIR =
  /^(?<first>.+?) as (?<second>(?:(?:role|user|federated-user)\/|root$|account \d{12}).*)$/;
const BY_SERVICE = /^(?<first>AWS Internal|\S+\.\S+) as (?<second>.+)$/;
const IN_ROLE = /^(?<first>.+) as role (?<role>[^\s/]+)$/;
/** A report shows the beginning of a long text. */
const CUT = /^(?<beginning>.*)…$/s;
const WHOLE_ONLY = /^(?:role|user|federated-user|account)[/ ]|[()]/;

/** What a name stands for. Throws a HuntError for the beginning of a name of which only the whole one means somebody. */
export function soughtBy(given: string): Sought {
  const { key } = WITH_KEY.exec(given)?.groups ?? {};
  if (key !== undefined && ACCESS_KEY.test(key)) return { kind: 'key', text: key, leftOut: null };
  const { text, leftOut } = foremost(given);
  const { beginning } = CUT.exec(text)?.groups ?? {};
  if (beginning !== undefined) {
    if (!WHOLE_ONLY.test(beginning)) return { kind: 'part', text: beginning, leftOut };
    throw new HuntError(
      'USAGE',
      `${JSON.stringify(given)} is only the beginning of a name. Give the ARN or the ID of the principal: reports in CSV and JSON have it whole`,
    );
  }
  const { whom } = readActorName(text);
  return whom.kind === 'text' && !isWholeName(text)
    ? { kind: 'part', text: whom.text, leftOut }
    : { kind: 'name', text, leftOut };
}

/** Whether a text means one actor, and not all whose names have it as a part. */
export function isWholeName(text: string): boolean {
  const { whom, role, account } = readActorName(text);
  return whom.kind !== 'text' || role !== null || account !== null;
}

/** Whether a text with a slash is the name of somebody, and no path. */
export function isNameWithSlash(text: string): boolean {
  const { kind } = readActorName(text).whom;
  const isName = kind !== 'text' && kind !== 'user of a service';
  return isName || foremost(text).leftOut !== null;
}

/** The one of a pair by whom events are found. */
function foremost(given: string): Pick<Sought, 'text' | 'leftOut'> {
  const { name = given, account } = OF_ACCOUNT.exec(given)?.groups ?? {};
  const limit = account === undefined ? '' : ` of ${account}`;
  const { first: service = '', second: lent = '' } = BY_SERVICE.exec(name)?.groups ?? {};
  // A service lends roles to anybody: the role says more than the service.
  if (isServiceName(service)) return { text: `${lent}${limit}`, leftOut: null };
  const { first, second } = PAIR.exec(name)?.groups ?? {};
  if (first === undefined || second === undefined || isOneRecord(first, second))
    return { text: given, leftOut: null };
  return { text: `${first}${limit}`, leftOut: second };
}

/** Whether the events of the second themselves say who is behind it. */
function isOneRecord(first: string, second: string): boolean {
  return FEDERATED.test(second) || (DELEGATE.test(first) && !second.includes(' as '));
}

/** Whom a name means. A text that is no such name means those who have it as a part of a name. */
export function readActorName(text: string): ActorName {
  const { name = text, account = null } = OF_ACCOUNT.exec(text)?.groups ?? {};
  const { first = name, role = null } = IN_ROLE.exec(name)?.groups ?? {};
  const whom = readWhom(first);
  // A text may end with an account that is no limit.
  const isText = whom.kind === 'text' && role === null && /\s/.test(first);
  return isText ? { whom: readWhom(text), role, account: null } : { whom, role, account };
}

// What ends with a slash is the beginning of an ARN's names: text.
const ROLE = /^role\/(?<role>\S*[^\s/])(?: \(session (?<session>.+)\))?$/;
const USER = /^user\/(?<user>\S*[^\s/])$/;
const FEDERATED = /^federated-user\/(?<user>\S*[^\s/])$/;
const DELEGATE = /^account (?<account>\d{12}) \(delegated\)$/i;
/** A principal of another account, of whom an event may say no more than the account, or an ID. */
const OF_OTHER_ACCOUNT =
  /^account (?<account>\d{12})(?: \((?<id>[A-Z\d]{16,})(?<session>:[^)]+)?\))?$/i;
const NAMED = /^(?<id>\S+) \(named .+\)$/;
const OF_SERVICE = /^(?<user>.+) \((?<service>[a-z][a-z\d.-]*)\)$/;

function readWhom(text: string): Whom {
  const pair = PAIR.exec(text)?.groups;
  if (pair !== undefined) {
    const [first = '', second = ''] = [pair['first'], pair['second']];
    const { account } = DELEGATE.exec(first)?.groups ?? {};
    if (account !== undefined) return { kind: 'delegate', account, as: readWhom(second) };
    const { user } = FEDERATED.exec(second)?.groups ?? {};
    if (user !== undefined) return { kind: 'federated user', user, by: readWhom(first) };
  }
  return readOne(text);
}

function readOne(text: string): Whom {
  const role = ROLE.exec(text)?.groups;
  if (role?.['role'] !== undefined)
    return { kind: 'role', role: role['role'], session: role['session'] ?? null };
  const { user } = USER.exec(text)?.groups ?? {};
  if (user !== undefined) return { kind: 'user', user };
  const { user: federated } = FEDERATED.exec(text)?.groups ?? {};
  if (federated !== undefined) return { kind: 'federated user', user: federated, by: null };
  const { account: delegate } = DELEGATE.exec(text)?.groups ?? {};
  if (delegate !== undefined) return { kind: 'delegate', account: delegate, as: null };
  const { account, id, session } = OF_OTHER_ACCOUNT.exec(text)?.groups ?? {};
  if (id !== undefined && session !== undefined)
    return { kind: 'principal', id: `${id}${session}` };
  if (account !== undefined) return { kind: 'text', text: id ?? account };
  const { id: person } = NAMED.exec(text)?.groups ?? {};
  if (person !== undefined) return { kind: 'text', text: person };
  const { user: named, service } = OF_SERVICE.exec(text)?.groups ?? {};
  if (named !== undefined && service !== undefined)
    return { kind: 'user of a service', user: named, service };
  return isServiceName(text) ? { kind: 'service', service: text } : { kind: 'text', text };
}
