/** Conditions that an event names something: in what was asked for, in the answer, or in the list of resources. */
import { OF_OPTIONS, testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';

/** The last two say what a service did that nobody asked it for. Tables that others made may lack any of them. */
const columns = [
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'additionalEventData',
];
const optional = { optional: true } as const;

/** One of the names, or an ARN that ends with it, at any depth and also inside of JSON that is held as text, as a policy is. */
export function mentions(names: readonly string[]): Condition {
  const exact = names.map(inJson);
  const within = exact.flatMap((name) => [
    `/${name}"`,
    `:${name}"`,
    `/${name}\\"`,
    `:${name}\\"`,
    `\\"${name}\\"`,
  ]);
  return {
    kind: 'any',
    of: [
      ...columns.flatMap((column) => [
        { ...testOf(column, 'mentions', names), ...optional },
        { ...testOf(column, 'contains', within), ...optional, spread: true as const },
      ]),
      isListed(names),
    ],
  };
}

/**
 * Names something of the account by its ARN: its root user in a policy, or where data goes. The ARNs in logs of the account itself
 * are nearly all its own, and say nothing.
 */
export function namesAccount(account: string): Condition {
  return {
    kind: 'all',
    of: [
      { kind: 'not', of: testOf('recipientAccountId', 'in', [account]) },
      { ...testOf('requestParameters', 'contains', [`:${account}:`]), ...optional, spread: true },
    ],
  };
}

/** Tests for exactly this string: anywhere in the request or response, or as a resource's ARN or the last part of the ARN. */
export function resourceNamed(values: readonly string[]): Condition {
  return {
    kind: 'any',
    of: [
      testOf('requestParameters', 'mentions', values),
      testOf('responseElements', 'mentions', values),
      isListed(values),
    ],
  };
}

function isListed(names: readonly string[]): Condition {
  const tails = names.flatMap((name) => [`/${name}`, `:${name}`]);
  return {
    kind: 'element',
    quantifier: 'any',
    field: ['resources'],
    of: { kind: 'any', of: [testOf('arn', 'in', names), testOf('arn', 'endsWith', tails)] },
    at: OF_OPTIONS,
  };
}

/** One of these members has one of these texts, itself or in its list. A path is one of an event: `requestParameters.userName`. */
export function membersHave(
  members: readonly string[],
  texts: readonly string[],
  op: 'in' | 'startsWith' = 'in',
): Condition {
  return {
    kind: 'any',
    of: members.map((member) => ({ ...testOf(member, op, texts), spread: true })),
  };
}

/** As JSON writes a string, without its quotes. */
function inJson(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}
