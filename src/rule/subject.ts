/** Whom `hunt who` asks about: texts that stand for a key, an address, an ARN or a name, and the events that one of them made. */
import { accountOfPrincipal } from '../cloudtrail/account.js';
import { HuntError } from '../errors.js';
import { readNetwork } from '../network/addresses.js';
import { counted } from '../text/counted.js';
import { atSignIn, isActor, isNamedLike, SWITCHED_FROM } from './actor/condition.js';
import { isWholeName, readActorName, soughtBy } from './actor/name.js';
import { allOf, anyOf, testOf } from './condition/build.js';
import type { Condition, Test } from './condition/condition.js';
import type { Operator } from './condition/operators.js';
import { ACCESS_KEY, spelledAddresses, spelledKeys } from './spelling.js';

/** One text, by what its form says that it is. */
export interface Indicator {
  /** A `text` is a part of a name, and a `name` a whole one, as reports write it. */
  readonly kind: 'key' | 'address' | 'arn' | 'sign-in' | 'name' | 'text';
  readonly text: string;
}

/** An ARN means this principal and no longer name: `arn:…:user/ann` is not `arn:…:user/anna`. */
const ARN = /^arn:[\w-]*:(?:iam|sts):/i;
const ARNS = ['arn', 'sessionContext.sessionIssuer.arn'] as const;
const ROLE = /^(?<start>arn:[\w-]*):iam::(?<account>\d*):role\/(?:.*\/)?(?<name>[^/]+)$/i;
/** The sessions of a role, whose ARNs are this one and a name. Behind that of a user or role, a slash ends a path: of others. */
const ALL_SESSIONS = /:assumed-role\/[^/]+$/i;

/** What the ARNs of the sessions of a role begin with. They do not have its path. */
function sessionsOf(role: string): readonly string[] {
  const { start, account, name } = ROLE.exec(role)?.groups ?? {};
  return name === undefined ? [] : [`${start}:sts::${account}:assumed-role/${name}/`];
}

/** A session of the page of sign-in, which may give keys to the console and to programs (`aws login`). */
const SIGN_IN = /^arn:[\w-]*:signin:/i;
/** Where the calls of such a session, and those of the page itself, name it. */
export const SIGN_IN_SESSION = 'userIdentity.sessionContext.signInSessionArn';
const SIGN_IN_FIELDS = [SIGN_IN_SESSION, 'additionalEventData.signInSessionArn'] as const;

/** What a text is: a key, an address or a network, an ARN of a principal or of a sign-in, else a name or a part of one. Throws a HuntError for a text that names nobody. */
export function indicatorOf(text: string): Indicator {
  if (ACCESS_KEY.test(text)) return { kind: 'key', text };
  if (readNetwork(text) !== undefined) return { kind: 'address', text };
  if (ARN.test(text)) return { kind: 'arn', text: text.replace(/[/:]+$/, '') };
  if (SIGN_IN.test(text)) return { kind: 'sign-in', text };
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new HuntError(
      'USAGE',
      `${JSON.stringify(text)} names nobody: give a name or a part of one, an access key, or an address`,
    );
  const sought = soughtBy(text);
  return { kind: sought.kind === 'part' ? 'text' : sought.kind, text: sought.text };
}

/** Whether a name of a principal means this one alone, and none whose name is longer. */
export function isOneAlone(principal: string): boolean {
  return ARN.test(principal) || isWholeName(principal);
}

/** The keys among them, as AWS writes them and as they are given. */
export function keysIn(indicators: readonly Indicator[]): readonly string[] {
  return spelledKeys(indicators.filter(({ kind }) => kind === 'key').map(({ text }) => text));
}

const SWITCHES = ['SwitchRole', 'RenewRole'];

/** What was found to belong to them too. */
export interface Followed {
  /** Keys that they issued. */
  readonly keys: readonly string[];
  /** Events of other accounts with the answers to their calls. */
  readonly sharedEventIDs: readonly string[];
  /** Events of their switches to other roles, from sessions that are followed. */
  readonly switchIDs: readonly string[];
  /** Sessions that they began in the console, or brought there: the console calls with keys of its own. */
  readonly sessions: readonly FollowedSession[];
}

export interface FollowedSession {
  readonly arn: string;
  /** When they began it: the times that its calls have for that. */
  readonly times: readonly string[];
  /** Those of them when others may have begun one too. */
  readonly doubted: readonly string[];
  /** Keys that others got for a session with this ARN at these times. */
  readonly otherKeys: readonly string[];
}

export const NOTHING_FOLLOWED: Followed = {
  keys: [],
  sharedEventIDs: [],
  switchIDs: [],
  sessions: [],
};

/** Holds for the events that were made by one of them, or with what they issued. */
export function subjectCondition(
  indicators: readonly Indicator[],
  followed: Followed = NOTHING_FOLLOWED,
): Condition {
  const textsOf = (kind: Indicator['kind']): readonly string[] =>
    indicators.filter((one) => one.kind === kind).map(({ text }) => text);
  const keys = [...keysIn(indicators), ...followed.keys];
  const { sharedEventIDs, switchIDs, sessions } = followed;
  const { texts: addresses, networks } = spelledAddresses(textsOf('address'));
  const signIns = textsOf('sign-in');
  const arns = textsOf('arn');
  const roles = arns.filter((arn) => ALL_SESSIONS.test(arn)).map((arn) => `${arn}/`);
  const sessionsOfRoles = [...roles, ...arns.flatMap(sessionsOf)];
  const of = [
    ...(keys.length === 0 ? [] : [test('userIdentity.accessKeyId', 'in', keys)]),
    ...(addresses.length === 0
      ? []
      : [test('sourceIPAddress', 'in', addresses), test('sourceIPAddress', 'inCidr', networks)]),
    ...isNamedLike(textsOf('text')),
    ...textsOf('name').map((name) => isActor(readActorName(name))),
    ...(signIns.length === 0
      ? []
      : SIGN_IN_FIELDS.map((name) => ({ ...test(name, 'in', signIns), optional: true }) as const)),
    ...(arns.length === 0
      ? []
      : [
          ...ARNS.map((name) => test(`userIdentity.${name}`, 'in', arns)),
          atSignIn([test(SWITCHED_FROM, 'in', arns)]),
        ]),
    ...(roles.length === 0 ? [] : [test('userIdentity.arn', 'startsWith', roles)]),
    ...(sessionsOfRoles.length === 0
      ? []
      : [atSignIn([test(SWITCHED_FROM, 'startsWith', sessionsOfRoles)])]),
    ...(sharedEventIDs.length === 0 ? [] : [test('sharedEventID', 'in', sharedEventIDs)]),
    ...(switchIDs.length === 0
      ? []
      : [allOf([test('eventName', 'in', SWITCHES), test('eventID', 'in', switchIDs)])]),
    ...sessions.flatMap(inSession),
  ];
  const [only, ...others] = of;
  return only !== undefined && others.length === 0
    ? only
    : { kind: 'any', of, text: subjectText(indicators, followed) };
}

/** `by "ann", or with 12 keys that they issued`: all keys would fill a page. */
function subjectText(indicators: readonly Indicator[], { keys, sessions }: Followed): string {
  const words = {
    key: 'with key',
    address: 'from',
    arn: 'by',
    'sign-in': 'in session',
    name: 'by',
    text: 'by',
  } as const;
  const named = indicators.map(({ kind, text }) => `${words[kind]} ${JSON.stringify(text)}`);
  const issued = keys.length === 0 ? [] : [`with ${counted(keys.length, 'key')} that they issued`];
  const begun = sessions.length === 0 ? [] : ['in sessions that they have in the console'];
  return [...named, ...issued, ...begun].join(', or ');
}

function inSession({ arn, times, doubted, otherKeys }: FollowedSession): readonly Condition[] {
  const others = new Set(doubted);
  const sure = times.filter((time) => !others.has(time));
  if (sure.length === 0) return [];
  return [
    allOf([
      test('userIdentity.arn', 'in', [arn]),
      test('userIdentity.sessionContext.attributes.creationDate', 'in', sure),
      ...(otherKeys.length === 0
        ? []
        : [{ kind: 'not', of: test('userIdentity.accessKeyId', 'in', otherKeys) } as const]),
    ]),
  ];
}

/** The calls that give a session of a role to somebody. */
const ASSUMING = ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity'];

/** Holds for the calls that may have begun a session with one of these ARNs, or brought one to the console. */
export function beginsSession(arns: readonly string[]): Condition {
  // Each ARN is looked for where it may be: an engine limits the length of a query.
  const isFederated = (arn: string): boolean => arn.includes(':federated-user/');
  const federated = arns.filter(isFederated);
  const assumed = arns.filter((arn) => !isFederated(arn));
  const givenBy = (names: readonly string[], member: string, to: readonly string[]): Condition[] =>
    to.length === 0
      ? []
      : [allOf([isOneOf(names), testOf(`responseElements.${member}.arn`, 'in', to)])];
  return anyOf([
    allOf([isOneOf([...SWITCHES, 'GetSigninToken']), test('userIdentity.arn', 'in', arns)]),
    ...givenBy(ASSUMING, 'assumedRoleUser', assumed),
    ...givenBy(['GetFederationToken'], 'federatedUser', federated),
  ]);
}

/** Holds for the switches to other roles in the console from sessions with one of these ARNs. */
export function switchesFrom(arns: readonly string[]): Condition {
  return allOf([test('eventName', 'in', SWITCHES), atSignIn([test(SWITCHED_FROM, 'in', arns)])]);
}

/** Holds for the events of these names. */
export function isOneOf(eventNames: readonly string[]): Condition {
  return test('eventName', 'in', eventNames);
}

/** Holds for the events, of these names, whose answer has one of the keys. */
export function issuesOneOf(keys: readonly string[], eventNames: readonly string[]): Condition {
  return {
    kind: 'all',
    of: [isOneOf(eventNames), test('responseElements', 'mentions', keys)],
  };
}

/** The ARN of a session that is named like an instance. The path of a user or a role may have any text. */
export const SESSION_OF_INSTANCE = '^[^/]*:assumed-role/[^/]*/i-';

/** An instance may make any number of them. */
const NO_DATA_EVENT: Condition = {
  kind: 'not',
  of: test('eventCategory', 'in', ['Data', 'NetworkActivity']),
};

/** Holds for what instances read, without data events. */
export const readsOfInstances: Condition = {
  kind: 'all',
  of: [
    test('userIdentity.arn', 'regex', [SESSION_OF_INSTANCE]),
    test('readOnly', 'in', ['true']),
    NO_DATA_EVENT,
  ],
};

/** Holds for what these instances did, by the ARNs of their sessions as events have them, without data events. */
export function madeByInstances(arns: readonly string[]): Condition {
  // A reader can look for many names of sessions at once: they are alike, as roles are not.
  const names = [...new Set(arns.map((arn) => arn.slice(arn.lastIndexOf('/'))))];
  return allOf([
    testOf('userIdentity.arn', 'endsWith', names),
    testOf('userIdentity.arn', 'in', arns),
    NO_DATA_EVENT,
  ]);
}

/** Whether an ARN alone shows that the events of its principal are found by a name already. */
export function isNamedBy(indicators: readonly Indicator[], arn: string | null): boolean {
  const lower = arn?.toLowerCase();
  if (lower === undefined) return false;
  return indicators.some(({ kind, text }) => {
    const own = text.toLowerCase();
    if (kind === 'arn')
      return lower === own || (ALL_SESSIONS.test(own) && lower.startsWith(`${own}/`));
    if (kind === 'name') return isNameOf(text, arn ?? '');
    return kind === 'text' && lower.includes(own);
  });
}

/** Whether the ARN alone shows it. Where it does not, the key is followed, which finds no more than its calls. */
function isNameOf(name: string, arn: string): boolean {
  const { whom, role, account } = readActorName(name);
  if (role !== null || (account !== null && account !== accountOfPrincipal(arn))) return false;
  const [, kind, path = '', last] =
    /^[^/]*:(assumed-role|user|federated-user)\/(?:(.*)\/)?([^/]+)$/s.exec(arn) ?? [];
  switch (whom.kind) {
    case 'role':
      return (
        kind === 'assumed-role' &&
        ((path === whom.role.replace(/^.*\//s, '') && (whom.session ?? last) === last) ||
          (whom.session === null && `${path}/${last}` === whom.role))
      );
    case 'user':
      return kind === 'user' && last === whom.user;
    case 'federated user':
      return whom.by === null && kind === 'federated-user' && last === whom.user;
    case 'user of a service':
    case 'service':
    case 'delegate':
    case 'principal':
    case 'text':
      return false;
    default:
      return whom satisfies never;
  }
}

function test(field: string, op: Operator, values: readonly string[]): Test {
  const ignoreCase =
    op === 'startsWith' || field === SWITCHED_FROM || field.toLowerCase().endsWith('arn');
  return { ...testOf(field, op, values), ignoreCase };
}
