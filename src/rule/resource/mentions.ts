/** Conditions that an event names something: in what was asked for, in the answer, or in the list of resources. */
import type { SourcePosition } from '../../errors.js';
import type { Condition, Test } from '../condition/condition.js';

const at: SourcePosition = { file: 'options', line: 1, column: 1 };

/** The last one is of what a service did that nobody asked it for. Tables that others made may lack any of them. */
const columns = ['requestParameters', 'responseElements', 'serviceEventDetails'];
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
        { ...test(column, 'mentions', names), ...optional },
        { ...test(column, 'contains', within), ...optional, spread: true as const },
      ]),
      isListed(names),
    ],
  };
}

/** Tests for exactly this string: anywhere in the request or response, or as a resource's ARN or the last part of the ARN. */
export function resourceNamed(values: readonly string[]): Condition {
  return {
    kind: 'any',
    of: [
      test('requestParameters', 'mentions', values),
      test('responseElements', 'mentions', values),
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
    of: { kind: 'any', of: [test('arn', 'in', names), test('arn', 'endsWith', tails)] },
    at,
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
    of: members.map((member) => ({ ...test(member, op, texts), spread: true })),
  };
}

export function test(field: string, op: Test['op'], values: readonly string[]): Test {
  return { kind: 'test', field: field.split('.'), op, ignoreCase: false, values, at };
}

/** As JSON writes a string, without its quotes. */
function inJson(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}
