/** The resource of `hunt what`: by which names calls speak of it, and the events that do. */
import { HuntError, type SourcePosition } from '../errors.js';
import type { Condition, Test } from './condition/condition.js';

/** A resource as the user wrote it. */
export interface AskedResource {
  readonly text: string;
  /** By these names it is meant, wherever they stand. */
  readonly names: readonly string[];
  /** By these too, but only in calls of one service, account and region: in others they may mean something else. */
  readonly local: readonly LocalNames[];
}

interface LocalNames extends Place {
  readonly names: readonly string[];
}

/** Where an ID that is not unique means one resource. */
export interface Place {
  readonly eventSource: string;
  /** Undefined where the ARN has none, as that of a bucket. */
  readonly account: string | undefined;
  /** Undefined where the ARN has none, as those of IAM and CloudFront: calls about these stand in any region. */
  readonly region: string | undefined;
}

const at: SourcePosition = { file: 'options', line: 1, column: 1 };

/** Resources whose service has another name as the source of events. */
const SOURCES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  'execute-api': 'apigateway',
  'elasticloadbalancing-v2': 'elasticloadbalancing',
};
/** `sg-0a1b2c3d`, or the ID of a key: no two resources have the same. A key of several regions (`mrk-…`) has one ID in all of them. */
const UNIQUE =
  /^(?!mrk-)(?:[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Whether no two resources have this ID. */
export function isUniqueId(id: string): boolean {
  return UNIQUE.test(id);
}

/** Throws a HuntError for a text that names nothing. */
export function askedResource(given: string): AskedResource {
  const text = given.trim();
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new HuntError(
      'USAGE',
      `${JSON.stringify(given)} names nothing: give an ID, a name or an ARN`,
    );
  const [, service = '', region = '', account = '', rest = ''] =
    /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (rest === '') return { text, names: [text], local: [] };
  // Log groups and functions have ARNs with and without what follows the name.
  const whole = text.replace(/:\*$/, '');
  const parts = partsOf(service, rest.replace(/:\*$/, ''));
  return {
    text,
    names: [...new Set([whole, `${whole}:*`, ...parts.filter(isUniqueId)])],
    local: [
      {
        names: parts.filter((part) => !isUniqueId(part)),
        eventSource: `${SOURCES[service] ?? service}.amazonaws.com`,
        account: account || undefined,
        region: region || undefined,
      },
    ],
  };
}

/** Another ID of a resource, from a call at a place. */
export interface PlacedId {
  readonly id: string;
  /** Undefined where the call does not say its service. */
  readonly place: Place | undefined;
}

/** The resource, which is also meant by other IDs: those that no other resource has anywhere, the others at their place. */
export function alsoNamed(asked: AskedResource, others: readonly PlacedId[]): AskedResource {
  const isAnywhere = ({ id }: PlacedId): boolean => id.startsWith('arn:') || isUniqueId(id);
  const local = others.flatMap((one) =>
    isAnywhere(one) || one.place === undefined ? [] : [{ names: [one.id], ...one.place }],
  );
  const names = new Set([...asked.names, ...others.filter(isAnywhere).map(({ id }) => id)]);
  return { ...asked, names: [...names], local: [...asked.local, ...local] };
}

/** What calls take for the ARN: `function:name` is `name`, and `role/path/name` of IAM is `name` too. */
function partsOf(service: string, rest: string): readonly string[] {
  const name = rest.replace(/^[a-z-]+[/:]/i, '');
  const last = name.slice(name.lastIndexOf('/') + 1);
  switch (service) {
    // A path ends in the name. Elsewhere a slash belongs to the name, as in /aws/lambda/web.
    case 'iam':
    case 'apigateway':
      return [last];
    // The name of a parameter begins with the slash that its ARN shares with the type.
    case 'ssm':
      return [name, `/${name}`];
    // The ARN of a secret has six characters more than its name.
    case 'secretsmanager':
      return [name, name.replace(/-[A-Za-z0-9]{6}$/, '')];
    default:
      return [name];
  }
}

/** Holds for the events that speak of the resource: in what was asked for, in the answer, or in the list of resources. */
export function resourceCondition({ names, local }: AskedResource): Condition {
  const anywhere = mentions(names);
  const atPlaces = local.filter((one) => one.names.length > 0).map(mentionsAt);
  return atPlaces.length === 0 ? anywhere : { kind: 'any', of: [anywhere, ...atPlaces] };
}

function mentionsAt({ names, eventSource, account, region }: LocalNames): Condition {
  const of: readonly Condition[] = [
    test('eventSource', 'in', [eventSource]),
    ...(account === undefined ? [] : [test('recipientAccountId', 'in', [account])]),
    ...(region === undefined ? [] : [test('awsRegion', 'in', [region])]),
    mentions(names),
  ];
  return { kind: 'all', of };
}

function mentions(names: readonly string[]): Condition {
  const exact = names.map(inJson);
  // An ARN that ends with the name, and the same inside of JSON that is held as text, as a policy is.
  const within = exact.flatMap((name) => [
    `/${name}"`,
    `:${name}"`,
    `/${name}\\"`,
    `:${name}\\"`,
    `\\"${name}\\"`,
  ]);
  const columns = ['requestParameters', 'responseElements'];
  const tails = names.flatMap((name) => [`/${name}`, `:${name}`]);
  return {
    kind: 'any',
    of: [
      ...columns.flatMap((column) => [
        test(column, 'mentions', names),
        { ...test(column, 'contains', within), spread: true as const },
      ]),
      {
        kind: 'element',
        quantifier: 'any',
        field: ['resources'],
        of: { kind: 'any', of: [test('arn', 'in', names), test('arn', 'endsWith', tails)] },
        at,
      },
    ],
  };
}

/** Tests for exactly this string: anywhere in the request or response, or as a resource's ARN or the last part of the ARN. */
export function resourceNamed(values: readonly string[]): Condition {
  const tails = values.flatMap((value) => [`/${value}`, `:${value}`]);
  return {
    kind: 'any',
    of: [
      test('requestParameters', 'mentions', values),
      test('responseElements', 'mentions', values),
      {
        kind: 'element',
        quantifier: 'any',
        field: ['resources'],
        of: { kind: 'any', of: [test('arn', 'in', values), test('arn', 'endsWith', tails)] },
        at,
      },
    ],
  };
}

/** As JSON writes a string, without its quotes. */
function inJson(name: string): string {
  return JSON.stringify(name).slice(1, -1);
}

/** Whether a name in a finding, such as `bucket logs` or an ARN, is one of the resource. */
export function isNameOf(asked: AskedResource, name: string): boolean {
  return beforeName(asked, name) !== undefined;
}

/**
 * What stands before the name of the resource in a text that ends with it, such as `bucket `, or goes on with what the resource is
 * in, as `nodegroup default of prod` does; undefined for other texts.
 */
export function beforeName({ names, local }: AskedResource, text: string): string | undefined {
  return [...names, ...local.flatMap((one) => one.names)]
    .flatMap((name) => {
      const within = text.indexOf(`${name} of `);
      return [
        ...(text.endsWith(name) ? [text.slice(0, text.length - name.length)] : []),
        ...(within === -1 ? [] : [text.slice(0, within)]),
      ];
    })
    .find((before) => /^$|[ :/]$/.test(before));
}

function test(field: string, op: Test['op'], values: readonly string[]): Test {
  return { kind: 'test', field: field.split('.'), op, ignoreCase: false, values, at };
}
