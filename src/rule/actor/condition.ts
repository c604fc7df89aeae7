/** Which events an actor made, as the events tell it: `name.ts` says whom a name means. */
import { isAccountId } from '../../cloudtrail/account.js';
import { allOf, anyOf, testOf } from '../condition/build.js';
import type { Condition, Test } from '../condition/condition.js';
import type { Operator } from '../condition/operators.js';
import type { ActorName, Whom } from './name.js';

/** The members of `userIdentity` that may name a person: the user, the session, its role, and whom the role acts for. */
const NAMES = ['arn', 'principalId', 'userName', 'sessionContext.sessionIssuer.arn'] as const;
/** The same, which older tables lack. */
const FURTHER_NAMES = ['sessionContext.sourceIdentity', 'onBehalfOf.userId'] as const;
/** The account of an outside company that calls with delegated access; the second as tables of Athena have it. */
const DELEGATES = ['invokedByDelegate.accountId', 'invokedByDelegate.accountid'] as const;
const PART_OF_ACCOUNT = /^\d{1,12}$/;

const ARN = 'userIdentity.arn';
const ISSUER = 'userIdentity.sessionContext.sessionIssuer.arn';
/** Who switches to a role in the console: the event has the new session as its caller, and names the person by an ARN. */
export const SWITCHED_FROM = 'additionalEventData.SwitchFrom';

/** Holds for the events whose principal has one of these texts in a name. */
export function isNamedLike(names: readonly string[]): readonly Condition[] {
  if (names.length === 0) return [];
  const accounts = names.filter((name) => PART_OF_ACCOUNT.test(name));
  return [
    ...NAMES.map((name) => personTest(`userIdentity.${name}`, 'contains', names)),
    isSignInOf(names),
    ...isOfAccounts(names),
    ...FURTHER_NAMES.map((name) => optional(`userIdentity.${name}`, names)),
    // Readers cannot look for a number in bytes: a name that is none must not keep them from looking for it.
    ...(accounts.length === 0 ? [] : isDelegate(accounts)),
  ];
}

/** Holds for calls by principals of these accounts whom the events name by no more than an ID. */
function isOfAccounts(names: readonly string[]): readonly Condition[] {
  const accounts = names.filter(isAccountId);
  if (accounts.length === 0) return [];
  return [
    allOf([
      // Readers cannot look for a number in bytes, but for the type.
      isType('AWSAccount'),
      testOf('userIdentity.accountId', 'in', accounts),
    ]),
  ];
}

function isDelegate(accounts: readonly string[]): readonly Condition[] {
  return DELEGATES.map((name) => optional(`userIdentity.${name}`, accounts));
}

/**
 * Who signs in through Identity Center has only an ID: what people know is the name that they give on the page. And who switches to
 * a role is named beside it.
 */
function isSignInOf(names: readonly string[]): Condition {
  return atSignIn([
    personTest('additionalEventData.UserName', 'contains', names),
    personTest(SWITCHED_FROM, 'contains', names),
  ]);
}

/** Holds for the events of the page of sign-in that pass one of the tests, whose fields a table may lack. */
export function atSignIn(tests: readonly Test[]): Condition {
  const optionals = tests.map((one) => ({ ...one, optional: true }) as const);
  return allOf([testOf('eventSource', 'in', ['signin.amazonaws.com']), anyOf(optionals)]);
}

/** Holds for the events of the actor of this name. */
export function isActor({ whom, role, account }: ActorName): Condition {
  return allOf([
    anyOf(isWhom(whom)),
    ...(role === null ? [] : [anyOf(isRole(role, null))]),
    ...(account === null ? [] : [anyOf(isOfAccount(account))]),
  ]);
}

function isWhom(whom: Whom): readonly Condition[] {
  switch (whom.kind) {
    case 'role':
      return isRole(whom.role, whom.session);
    case 'user':
      return isUser(whom.user);
    case 'federated user': {
      const { user, by } = whom;
      const own = like(ARN, `*:federated-user/${literal(user)}`);
      const issuer = by === null ? [] : [isIssuer(by)];
      return [allOf([own, ...issuer]), switchedFrom(`*:federated-user/${literal(user)}`)];
    }
    case 'user of a service':
      return isUserOfService(whom);
    case 'service':
      return isService(whom.service);
    case 'delegate': {
      const { account, as } = whom;
      const lent = as === null ? [] : [anyOf(isWhom(as))];
      return [allOf([anyOf(isDelegate([account])), ...lent])];
    }
    case 'principal':
      return [testOf('userIdentity.principalId', 'in', [whom.id])];
    case 'text':
      return isNamedLike([whom.text]);
    default:
      return whom satisfies never;
  }
}

/** What has no ARN may have the name of the role, and the session behind the ID. ARNs of sessions have no path: that of the role counts. */
function isRole(role: string, session: string | null): readonly Condition[] {
  const name = role.replace(/^.*\//s, '');
  const sessions = `*:assumed-role/${literal(name)}/${session === null ? '*' : literal(session)}`;
  const bySession =
    session === null
      ? []
      : [isNull(ARN), personTest('userIdentity.principalId', 'endsWith', [`:${session}`])];
  const hasPath = role.includes('/');
  const isIssued = endsLike(ISSUER, `:role/${role}`);
  const ofPath = hasPath ? [anyOf([isNull(ISSUER), allOf(isIssued)])] : [];
  // `role/Admin/dana` may be copied from the end of the ARN of a session.
  const own = session === null && hasPath ? [`*:assumed-role/${literal(role)}`] : [];
  return [
    allOf([like(ARN, sessions), ...ofPath]),
    ...(own.length === 0 ? [] : [like(ARN, ...own)]),
    allOf([...isIssued, ...bySession]),
    allOf([
      personTest('userIdentity.userName', 'in', [name]),
      isType('AssumedRole', 'Role'),
      isNull(ARN),
      ...ofPath,
      ...bySession,
    ]),
    // A service may act as the role itself.
    ...(session === null ? [allOf(endsLike(ARN, `:role/${role}`))] : []),
    switchedFrom(sessions, ...own),
  ];
}

/** Whose names are those of other services, or of roles. */
const NO_USERS = [
  'AssumedRole',
  'Role',
  'Unknown',
  'Directory',
  'IdentityCenterUser',
  'WebIdentityUser',
  'SAMLUser',
];

function isUser(user: string): readonly Condition[] {
  return [
    allOf(endsLike(ARN, `:user/${user}`, ':iam:')),
    allOf([
      personTest('userIdentity.userName', 'in', [user]),
      { kind: 'not', of: isType(...NO_USERS) },
      anyOf([isNull(ARN), like(ARN, 'arn:*:iam:*', 'arn:*:sts:*')]),
    ]),
    // Of federated users: who asked for their sessions.
    allOf(endsLike(ISSUER, `:user/${user}`)),
    switchedFrom(`*:user/${literal(user)}`, `*:user/*/${literal(user)}`),
  ];
}

function isIssuer(by: Whom): Condition {
  switch (by.kind) {
    case 'user':
      return allOf(endsLike(ISSUER, `:user/${by.user}`));
    case 'text':
      return personTest(ISSUER, 'endsWith', [`:${by.text}`]);
    default:
      return anyOf(isWhom(by));
  }
}

function isUserOfService({ user, service }: Whom & { kind: 'user of a service' }) {
  const named = personTest('userIdentity.userName', 'in', [user]);
  return [
    allOf([named, like(ARN, `arn:*:${literal(service)}:*`)]),
    allOf([
      named,
      isType('Unknown', 'Directory'),
      testOf('eventSource', 'in', [`${service}.amazonaws.com`]),
    ]),
    // Whoever named somebody so has the brackets in the name.
    ...isNamedLike([`${user} (${service})`]),
  ];
}

/** What a service does for itself, and by its own role. What it does for somebody else is theirs. */
function isService(service: string): readonly Condition[] {
  const byItself = anyOf([
    isType('AWSService'),
    testOf('eventType', 'in', ['AwsServiceEvent']),
    allOf([isNull('userIdentity.type'), isNull(ARN)]),
  ]);
  const invoked = testOf('userIdentity.invokedBy', 'in', [service]);
  return [
    allOf([invoked, byItself]),
    allOf([
      testOf('eventSource', 'in', [service]),
      isNull('userIdentity.invokedBy'),
      anyOf([
        isType('AWSService'),
        allOf([
          testOf('eventType', 'in', ['AwsServiceEvent']),
          isNull(ARN),
          isNull('userIdentity.userName'),
        ]),
      ]),
    ]),
    like(ISSUER, `*:role/aws-service-role/${literal(service)}/*`),
  ];
}

function isOfAccount(account: string): readonly Condition[] {
  return [testOf('userIdentity.accountId', 'in', [account]), like(ARN, `arn:*:*:*:${account}:*`)];
}

/** Holds where an ARN ends with a name, which may stand behind a path. Readers look for the end, which tells more than its beginning. */
function endsLike(field: string, name: string, within = ''): readonly Condition[] {
  const [start = '', ...rest] = name.split('/');
  return [
    personTest(field, 'endsWith', [`/${rest.join('/')}`]),
    like(field, `arn:*${within}*${start}/*`),
  ];
}

function switchedFrom(...patterns: readonly string[]): Condition {
  return atSignIn([like(SWITCHED_FROM, ...patterns)]);
}

function isType(...types: readonly string[]): Condition {
  return testOf('userIdentity.type', 'in', types);
}

function isNull(field: string): Test {
  return testOf(field, 'isNull', []);
}

function like(field: string, ...patterns: readonly string[]): Test {
  return personTest(field, 'escapedWildcard', patterns);
}

/** A text in a pattern, where it means itself. */
function literal(text: string): string {
  return text.replaceAll(/[\\*?]/g, String.raw`\$&`);
}

function optional(field: string, texts: readonly string[]): Test {
  return { ...personTest(field, 'contains', texts), optional: true };
}

/** A test of what people write in any case. */
function personTest(field: string, op: Operator, values: readonly string[]): Test {
  return { ...testOf(field, op, values), ignoreCase: true };
}
