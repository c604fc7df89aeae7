/** The filters of the command line ("who changed *this*?") as conditions that are added to every rule. */
import { HuntError, type SourcePosition } from '../errors.js';
import { readNetwork } from '../text/addresses.js';
import type { Condition } from './condition/condition.js';
import type { Operator } from './condition/operators.js';

/** The values of each filter. An event must match at least one value of each list. */
export interface Filters {
  readonly resource?: readonly string[] | undefined;
  readonly principal?: readonly string[] | undefined;
  readonly accessKey?: readonly string[] | undefined;
  readonly ip?: readonly string[] | undefined;
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  readonly eventId?: readonly string[] | undefined;
}

const at: SourcePosition = { file: 'options', line: 1, column: 1 };

function test(field: string, op: Operator, values: readonly string[]): Condition {
  return { kind: 'test', field: field.split('.'), op, ignoreCase: false, values, at };
}

const BUILDERS: Readonly<Record<keyof Filters, (values: readonly string[]) => Condition>> = {
  resource: mentionsResource,
  principal: isPrincipal,
  accessKey: (values) => test('userIdentity.accessKeyId', 'in', values),
  ip: isAddress,
  account: (values) => test('recipientAccountId', 'in', values.map(oneName('--account'))),
  region: (values) => test('awsRegion', 'in', values.map(oneName('--region'))),
  eventId: (values) => test('eventID', 'in', values),
};

/** One condition for each filter that is given, always in the same order. Throws a HuntError if a value is wrong. */
export function filterConditions(filters: Filters): readonly Condition[] {
  return Object.entries(BUILDERS).flatMap(([name, build]) => {
    const values = filters[name as keyof Filters];
    if (values === undefined || values.length === 0) return [];
    if (values.some((value) => value.trim() === ''))
      throw new HuntError('USAGE', 'a filter (--account, --ip, --resource …) needs a value');
    return [build(values)];
  });
}

/** Refuses several names in one value, because they would be read as one name, which matches nothing. */
function oneName(option: string): (value: string) => string {
  return (value) => {
    if (!/[\s,;]/.test(value)) return value;
    throw new HuntError(
      'USAGE',
      `${option} ${JSON.stringify(value)}: give one value, and repeat the option for each other value`,
    );
  };
}

/** Tests for exactly this string: anywhere in the request or response, or as a resource's ARN or the last part of the ARN. */
function mentionsResource(values: readonly string[]): Condition {
  const vague = values.find((value) => !/[\p{L}\p{N}]/u.test(value));
  if (vague !== undefined)
    throw new HuntError(
      'USAGE',
      `--resource ${JSON.stringify(vague)} names nothing: give an ID, a name or an ARN`,
    );
  const tails = values.flatMap((value) => [`/${value}`, `:${value}`]);
  const named: Condition = {
    kind: 'any',
    of: [test('arn', 'in', values), test('arn', 'endsWith', tails)],
  };
  return {
    kind: 'any',
    of: [
      test('requestParameters', 'mentions', values),
      test('responseElements', 'mentions', values),
      { kind: 'element', quantifier: 'any', field: ['resources'], of: named, at },
    ],
  };
}

/** Tests for an address in any spelling, a network, or the name of a service. */
function isAddress(values: readonly string[]): Condition {
  const networks = values.filter((value) => readNetwork(value) !== undefined);
  const wrong = values.find((value) => !networks.includes(value) && !/[a-z].*[a-z]/i.test(value));
  if (wrong !== undefined)
    throw new HuntError(
      'USAGE',
      `--ip ${JSON.stringify(wrong)} is not an address, a network or the name of a service`,
    );
  return {
    kind: 'any',
    of: [test('sourceIPAddress', 'in', values), test('sourceIPAddress', 'inCidr', networks)],
  };
}

/** Tests whether the ARN, ID or name of the principal, or the ARN of its session's role, contains the text. */
function isPrincipal(values: readonly string[]): Condition {
  const fields = ['arn', 'principalId', 'userName', 'sessionContext.sessionIssuer.arn'];
  return {
    kind: 'any',
    of: fields.map((field) => test(`userIdentity.${field}`, 'contains', values)),
  };
}
