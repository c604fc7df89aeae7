/** The resource of `hunt what`: by which names calls speak of it, and the events that do. */
import { isAccountId } from '../../cloudtrail/account.js';
import { HuntError } from '../../errors.js';
import { allOf, anyOf, testOf } from '../condition/build.js';
import type { Condition } from '../condition/condition.js';
import { arnOf, arnSpellings, type Arn } from './arn.js';
import { arnParts } from './arn-parts.js';
import { namesBucket } from './buckets.js';
import { namesDatabase, namesTable } from './data-lake.js';
import { mentions, namesAccount } from './mentions.js';
import { withinSpans, type Span } from './span.js';
import { isUniqueId } from './unique.js';

/** A resource as the user wrote it. */
export interface NamedResource {
  readonly text: string;
  /** By these names it is meant, wherever they stand. */
  readonly names: readonly string[];
  /** By these too, but only in calls of one service, account and region, or at a time: in others they may mean something else. */
  readonly local: readonly LocalNames[];
}

interface LocalNames extends Partial<Place> {
  readonly names: readonly string[];
  /** Which calls of the place are about it. */
  readonly condition: Condition;
}

/** Where an ID that is not unique means one resource. */
export interface Place {
  readonly eventSource: string;
  /** Undefined where the ARN has none, as that of a bucket. */
  readonly account: string | undefined;
  /** Undefined where the ARN has none, as those of IAM and CloudFront: calls about these stand in any region. */
  readonly region: string | undefined;
}

/** Resources whose service has another name as the source of events. */
const SOURCES: Readonly<Record<string, string>> = {
  cloudwatch: 'monitoring',
  'execute-api': 'apigateway',
  'elasticloadbalancing-v2': 'elasticloadbalancing',
};

/** Throws a HuntError for a text that names nothing. */
export function namedResource(given: string): NamedResource {
  const text = given.trim();
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new HuntError(
      'USAGE',
      `${JSON.stringify(given)} names nothing: give an ID, a name or an ARN`,
    );
  const arn = arnOf(text) ?? arnOf(queueArn(text));
  if (arn === undefined) return { text, ...shortNames(text) };
  const small = SMALL.includes(arn.service) ? arnOf(text.toLowerCase()) : undefined;
  const spellings = [arn, ...(small === undefined ? [] : [small])].map(namesOf);
  const names = [text.replace(/:\*$/, ''), ...spellings.flatMap((one) => one.names)];
  return { text, names: [...new Set(names)], local: spellings.flatMap(({ local }) => local) };
}

/** Services that write the names of their resources in small letters, however a caller spells them. */
const SMALL: readonly string[] = ['elasticache', 'memorydb', 'rds', 'redshift'];

/** The ARN of a queue, of which calls have the address. */
function queueArn(text: string): string {
  return text.replace(
    /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([\w.-]+)$/,
    'arn:aws:sqs:$1:$2:$3',
  );
}

/** Some calls write the type before a name or ID (`alias/prod`), and others do not. */
function shortNames(text: string): Pick<NamedResource, 'names' | 'local'> {
  const zone = /^\/?hostedzone\/(.+)$/s.exec(text)?.[1];
  if (zone !== undefined) return { names: [text, zone], local: [] };
  const typed = typedName(text);
  if (typed !== undefined) return { names: [text], local: typed };
  const alias = /^alias\/(.+)$/s.exec(text)?.[1];
  if (isAccountId(text))
    return { names: [text], local: [{ names: [], condition: namesAccount(text) }] };
  if (alias === undefined) return { names: spellingsOf(text), local: smallNames(text) };
  const place = { eventSource: 'kms.amazonaws.com', account: undefined, region: undefined };
  return { names: [text], local: [{ names: [alias], condition: mentions([text]), ...place }] };
}

/** The service of a type that only it has, as ARNs and our sentences write it before a name: `trail/main`, `role/Deploy`. */
const OF_TYPE: Readonly<Record<string, string>> = {
  distribution: 'cloudfront',
  group: 'iam',
  'instance-profile': 'iam',
  repository: 'ecr',
  role: 'iam',
  trail: 'cloudtrail',
  user: 'iam',
};

/** Calls of that service have the name alone. */
function typedName(text: string): readonly LocalNames[] | undefined {
  const type = /^([a-z-]+)\/./s.exec(text)?.[1] ?? '';
  if (!Object.hasOwn(OF_TYPE, type)) return undefined;
  const arn = arnOf(`arn:aws:${OF_TYPE[type]}:::${text}`);
  return arn === undefined ? undefined : namesOf(arn).local;
}

function smallNames(text: string): readonly LocalNames[] {
  const small = text.toLowerCase();
  if (small === text || !/^[a-z][a-z0-9-]*$/.test(small)) return [];
  const condition = mentions([small]);
  return SMALL.map((one) => ({ names: [small], condition, eventSource: `${one}.amazonaws.com` }));
}

const DNS_NAME = /^(?:[\w*-]+\.)+[a-z]{2,63}\.?$/i;

/** The name of a DNS record may end with a dot. */
function spellingsOf(text: string): readonly string[] {
  if (!DNS_NAME.test(text)) return [text];
  return [text, text.endsWith('.') ? text.slice(0, -1) : `${text}.`];
}

function namesOf(arn: Arn): Pick<NamedResource, 'names' | 'local'> {
  const names = arnSpellings(arn);
  const parts = arnParts(arn);
  if (parts.names.every((name) => names.includes(name))) return { names, local: [] };
  const { service, account, region } = arn;
  const place = {
    eventSource: `${SOURCES[service] ?? service}.amazonaws.com`,
    account: account || undefined,
    region: region || undefined,
  };
  // States of what a call has by its ARN alone are named by all that follows the type.
  const own = { ...parts, ...place, names: [...new Set([...parts.names, arn.name])] };
  return { names, local: [own, ...elsewhere(arn, own)] };
}

/** Where calls of other services have the name. */
function elsewhere({ service, type, name }: Arn, own: LocalNames): readonly LocalNames[] {
  if (service === 'glue') {
    const [database = '', table] = name.split('/');
    const inLake = { ...own, eventSource: 'lakeformation.amazonaws.com' };
    if (type === 'database') return [{ ...inLake, condition: namesDatabase(name) }];
    if (type === 'table' && table !== undefined)
      return [{ ...inLake, condition: namesTable(database, table) }];
  }
  const isBucket = service === 's3' && type === '' && !name.includes('/');
  return isBucket ? [{ names: [name], condition: namesBucket(name) }] : [];
}

/** Another ID of a resource, from a call at a place. */
export interface PlacedId {
  readonly id: string;
  /** Undefined where the call does not say its service. */
  readonly place: Place | undefined;
  /** When the resource has this name; undefined for always. Before and after, something else may have it. */
  readonly spans: readonly Span[] | undefined;
}

/** The resource, which is also meant by other IDs: those that no other resource has anywhere, the others at their place. */
export function alsoNamed(resource: NamedResource, others: readonly PlacedId[]): NamedResource {
  const added = others.map((other) => atTimes(namesOfOther(other), other.spans));
  return {
    ...resource,
    names: [...new Set([...resource.names, ...added.flatMap(({ names }) => names)])],
    local: [...resource.local, ...added.flatMap(({ local }) => local)],
  };
}

type Names = Pick<NamedResource, 'names' | 'local'>;

function namesOfOther({ id, place }: PlacedId): Names {
  const arn = arnOf(id);
  if (arn !== undefined) return namesOf(arn);
  if (isUniqueId(id) || place === undefined) return { names: [id], local: [] };
  return { names: [], local: [{ names: [id], condition: mentions([id]), ...place }] };
}

function atTimes(always: Names, spans: PlacedId['spans']): Names {
  if (spans === undefined) return always;
  const { names, local } = always;
  const anywhere = names.length === 0 ? [] : [{ names, condition: mentions(names) }];
  const within = withinSpans(spans);
  return {
    names: [],
    local: [...anywhere, ...local].map((one) => ({
      ...one,
      condition: { kind: 'all', of: [one.condition, within] },
    })),
  };
}

/** Holds for the events that speak of the resource: in what was asked for, in the answer, or in the list of resources. */
export function resourceCondition({ names, local }: NamedResource): Condition {
  const anywhere = mentions(names);
  return local.length === 0 ? anywhere : { kind: 'any', of: [anywhere, ...local.map(atPlace)] };
}

function atPlace({ condition, eventSource, account, region }: LocalNames): Condition {
  const of: readonly Condition[] = [
    ...(eventSource === undefined ? [] : [testOf('eventSource', 'in', [eventSource])]),
    ...(account === undefined ? [] : [inAccount(account)]),
    ...(region === undefined ? [] : [testOf('awsRegion', 'in', [region])]),
    condition,
  ];
  return { kind: 'all', of };
}

/** CloudTrail before version 1.02 does not say whose event it is. Then it is the caller's account, where the caller has one. */
function inAccount(account: string): Condition {
  const caller = 'userIdentity.accountId';
  return anyOf([
    testOf('recipientAccountId', 'in', [account]),
    allOf([
      testOf('recipientAccountId', 'isNullOrEmpty', []),
      anyOf([testOf(caller, 'in', [account]), testOf(caller, 'isNullOrEmpty', [])]),
    ]),
  ]);
}

/** All names, wherever and whenever they mean it. */
export function namesIn({ names, local }: NamedResource): readonly string[] {
  return [...names, ...local.flatMap((one) => one.names)];
}

/** Whether a name in a finding, such as `bucket logs` or an ARN, names the resource. */
export function isNameOf(resource: NamedResource, name: string): boolean {
  return beforeName(resource, name) !== undefined;
}

/**
 * What stands before the name of the resource in a text that ends with it, such as `bucket `, or goes on with what the resource is
 * in, as `nodegroup default of prod` does; undefined for other texts.
 */
export function beforeName(resource: NamedResource, text: string): string | undefined {
  return namesIn(resource)
    .flatMap((name) => {
      const within = text.indexOf(`${name} of `);
      return [
        ...(text.endsWith(name) ? [text.slice(0, text.length - name.length)] : []),
        ...(within === -1 ? [] : [text.slice(0, within)]),
      ];
    })
    .find((before) => /^$|[ :/]$/.test(before));
}
