/**
 * What `allow` of `hunt.yml` means: who may make changes with which tool, from where. All that an entry names must hold, so two
 * entries never allow the tool of the one to the role of the other.
 */
import type { SourcePosition } from '../../errors.js';
import { anyOf, testsAt } from '../condition/build.js';
import { callsCondition, type Call } from '../condition/calls.js';
import type { Condition, NamedExclusion } from '../condition/condition.js';
import { concerns } from '../resource/concerned.js';

/** Each list holds if one of its values does; an empty one says nothing. */
export interface Allowance {
  /** What sends the call: conditions, and how a person calls each. */
  readonly tool: readonly { readonly name: string; readonly condition: Condition }[];
  /** ARNs of roles, which may have wildcards. */
  readonly role: readonly string[];
  /** `root`, names or ARNs of users, and with a role also names of its sessions. */
  readonly user: readonly string[];
  readonly account: readonly string[];
  readonly network: readonly string[];
  /** Calls, perhaps with wildcards. */
  readonly call: readonly Call[];
  /** IDs, names or ARNs of resources that the change concerns. */
  readonly resource: readonly string[];
  readonly reason: string;
  readonly at: SourcePosition;
}

const LONGEST_NAME = 80;
const ROLE = 'userIdentity.sessionContext.sessionIssuer.arn';

/** The exclusion that an entry means. Its name says what it allows. */
export function allowedExclusion(allowance: Allowance): NamedExclusion {
  const { tool, role, user, account, network, call, resource, reason, at } = allowance;
  const test = testsAt(at);
  const texts = textsAt(at);
  const parts: readonly Condition[] = [
    ...(tool.length === 0 ? [] : [anyOf(tool.map(({ condition }) => condition))]),
    ...(role.length === 0 ? [] : [texts(ROLE, role)]),
    user.length === 0
      ? { kind: 'not', of: personalCredential(at) }
      : anyOf(user.map((one) => isUser(one, { hasRole: role.length > 0, at }))),
    ...(account.length === 0 ? [] : [texts('recipientAccountId', account)]),
    ...(network.length === 0 ? [] : [test('sourceIPAddress', 'inCidr', network)]),
    ...(call.length === 0 ? [] : [callsCondition(call, at)]),
    ...(resource.length === 0 ? [] : [concerns(resource)]),
  ];
  return {
    kind: 'not',
    of: { kind: 'all', of: parts },
    label: { name: nameOf(allowance), reason, at, source: 'config' },
  };
}

function nameOf({ tool, role, user, account, network, call, resource }: Allowance): string {
  const list = (word: string, values: readonly string[]): readonly string[] =>
    values.length === 0 ? [] : [`${word} ${values.join(' or ')}`];
  const parts = [
    ...(tool.length === 0 ? [] : [tool.map(({ name }) => name).join(' or ')]),
    ...list(
      'role',
      role.map((arn) => arn.replace(/^arn:[^:]*:iam::[^:]*:role\//, '')),
    ),
    ...list('user', user),
    ...list('account', account),
    ...list('network', network),
    ...list(
      'call',
      call.map(({ service, name }) => `${service}:${name}`),
    ),
    ...list('resource', resource),
  ];
  const name = `allowed: ${parts.join(', ')}`;
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME - 1)}…`;
}

/**
 * Credentials of a person, which an entry allows only if it names the user: of root, of an IAM user, and of a session from a
 * sign-in to the console.
 */
function personalCredential(at: SourcePosition): Condition {
  const test = testsAt(at);
  const isTrue = (field: string): Condition => ({
    ...test(field, 'equals', ['true']),
    ignoreCase: true,
    // AWS's own table for Athena lacks some of these fields. A hunt there is still worth more than none.
    optional: true,
  });
  return anyOf([
    test('userIdentity.type', 'in', ['Root', 'IAMUser', 'FederatedUser']),
    test('userIdentity.accessKeyId', 'startsWith', ['AKIA']),
    isTrue('sessionCredentialFromConsole'),
    isTrue('userIdentity.sessionContext.attributes.sessionCredentialFromConsole'),
    isTrue('userIdentity.sessionContext.assumedRoot'),
  ]);
}

/** A text with wildcards is no root: it must be named. */
function isUser(
  user: string,
  { hasRole, at }: { readonly hasRole: boolean; readonly at: SourcePosition },
): Condition {
  const test = testsAt(at);
  const texts = textsAt(at);
  const isType = (type: string): Condition => test('userIdentity.type', 'in', [type]);
  if (user === 'root') return isType('Root');
  if (user.startsWith('arn:'))
    return {
      kind: 'all',
      of: [{ kind: 'not', of: isType('Root') }, texts('userIdentity.arn', [user])],
    };
  const named: Condition = {
    kind: 'all',
    of: [isType('IAMUser'), texts('userIdentity.userName', [user])],
  };
  const session = test('userIdentity.arn', 'wildcard', [`arn:*:assumed-role/*/${user}`]);
  return hasRole ? anyOf([session, named]) : named;
}

/** Makes tests for one of the texts, of which some may have wildcards. */
function textsAt(at: SourcePosition): (field: string, values: readonly string[]) => Condition {
  const test = testsAt(at);
  return (field, values) => {
    const patterns = values.filter((value) => /[*?]/.test(value));
    const exact = values.filter((value) => !patterns.includes(value));
    return anyOf([
      ...(exact.length === 0 ? [] : [test(field, 'in', exact)]),
      ...patterns.map((pattern): Condition => ({
        kind: 'all',
        of: [test(field, 'wildcard', [pattern]), test(field, 'regex', [partsPattern(pattern)])],
      })),
    ]);
  };
}

/**
 * What has as many parts as a pattern, so that its wildcards stand for no colon: somebody may choose the path of a role, and
 * `arn:aws:iam::1:role/x:role/Operator` is not `arn:aws:iam::*:role/Operator`. An expression with all that the pattern says would go
 * back and forth in a long text.
 */
function partsPattern(pattern: string): string {
  return `^${pattern
    .split(':')
    .map(() => '[^:]*')
    .join(':')}$`;
}
