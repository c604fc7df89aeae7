/** The filters of the command line ("who changed *this*?") as conditions that are added to every rule. */
import { HuntError } from '../errors.js';
import { readNetwork } from '../network/addresses.js';
import { isActor, isNamedLike } from './actor/condition.js';
import { readActorName, soughtBy, type Sought } from './actor/name.js';
import { anyOf, testOf } from './condition/build.js';
import type { Condition } from './condition/condition.js';
import { resourceNamed } from './resource/mentions.js';
import { spelledAddresses, spelledKeys } from './spelling.js';

/** The values of each filter. An event must match at least one value of each list. */
export interface Filters {
  readonly resource?: readonly string[] | undefined;
  readonly principal?: readonly string[] | undefined;
  readonly accessKey?: readonly string[] | undefined;
  readonly ip?: readonly string[] | undefined;
  readonly eventId?: readonly string[] | undefined;
  readonly eventName?: readonly string[] | undefined;
  /** Kinds of calls. Their condition is in the pack of rules, and not made here. */
  readonly kind?: readonly string[] | undefined;
  readonly account?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  /** True: one of the indicators is enough. What limits where to look still must hold. */
  readonly anyOf?: boolean | undefined;
}

/** A filter as the user gave it. */
export interface GivenFilter {
  /** `--access-key` */
  readonly option: string;
  /** Empty for `--any-of`, which takes no value. */
  readonly values: readonly string[];
}

const OPTIONS = {
  resource: '--resource',
  principal: '--principal',
  accessKey: '--access-key',
  ip: '--ip',
  eventId: '--event-id',
  eventName: '--event-name',
  kind: '--kind',
  account: '--account',
  region: '--region',
} as const satisfies Readonly<Record<Exclude<keyof Filters, 'anyOf'>, string>>;

/** The filters that are given, always in the same order. */
export function givenFilters(filters: Filters): readonly GivenFilter[] {
  const given = Object.entries(OPTIONS).flatMap(([name, option]) => {
    const values = filters[name as keyof typeof OPTIONS] ?? [];
    return values.length === 0 ? [] : [{ option, values }];
  });
  return filters.anyOf === true ? [...given, { option: '--any-of', values: [] }] : given;
}

/** Whether a filter says what the user looks for, and not only where. */
export function isIndicator({ option }: GivenFilter): boolean {
  return Object.keys(INDICATORS).some((name) => OPTIONS[name as keyof typeof OPTIONS] === option);
}

/** Filters that leave few calls: a key and an event are those of one principal. */
const NARROW: ReadonlySet<string> = new Set([OPTIONS.accessKey, OPTIONS.eventId]);

/** Whether the filters leave so few calls that it costs less to count them at once than to read the logs again. */
export function leaveFew(given: readonly GivenFilter[]): boolean {
  const isAnyOf = given.some(({ option }) => option === '--any-of');
  return !isAnyOf && given.some(({ option }) => NARROW.has(option));
}

type Builders = Readonly<
  Partial<Record<Exclude<keyof Filters, 'anyOf'>, (values: readonly string[]) => Condition>>
>;

/** What an incident is known by. With `anyOf`, these are alternatives. */
const INDICATORS: Builders = {
  resource: mentionsResource,
  principal: isPrincipal,
  accessKey: (values) => testOf('userIdentity.accessKeyId', 'in', spelledKeys(values)),
  ip: isAddress,
  eventId: (values) => testOf('eventID', 'in', values),
};

/** What limits where, and for which calls, a hunt looks. */
const LIMITS: Builders = {
  eventName: isEventName,
  account: (values) => testOf('recipientAccountId', 'in', values.map(oneName('--account'))),
  region: (values) => testOf('awsRegion', 'in', values.map(oneName('--region'))),
};

/**
 * The conditions that the filters add to a rule, always in the same order: one for each filter that is given, but with `anyOf`
 * one for all indicators. Throws a HuntError if a value is wrong.
 */
export function filterConditions(filters: Filters): readonly Condition[] {
  const indicators = conditionsOf(INDICATORS, filters);
  const limits = conditionsOf(LIMITS, filters);
  return filters.anyOf === true && indicators.length > 1
    ? [{ kind: 'any', of: indicators }, ...limits]
    : [...indicators, ...limits];
}

function conditionsOf(builders: Builders, filters: Filters): readonly Condition[] {
  return Object.entries(builders).flatMap(([name, build]) => {
    const values = filters[name as keyof typeof builders];
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

/** Tests the event's name, in any case. `*` and `?` stand for any characters and one character. */
function isEventName(values: readonly string[]): Condition {
  const names = values.map(oneName('--event-name'));
  const isPattern = (name: string): boolean => /[*?]/.test(name);
  const tests = [
    { op: 'in', of: names.filter((name) => !isPattern(name)) },
    { op: 'wildcard', of: names.filter(isPattern) },
  ] as const;
  const given = tests
    .filter(({ of }) => of.length > 0)
    .map(({ op, of }) => ({ ...testOf('eventName', op, of), ignoreCase: true }));
  return anyOf(given);
}

function mentionsResource(values: readonly string[]): Condition {
  const vague = values.find((value) => !/[\p{L}\p{N}]/u.test(value));
  if (vague !== undefined)
    throw new HuntError(
      'USAGE',
      `--resource ${JSON.stringify(vague)} names nothing: give an ID, a name or an ARN`,
    );
  return resourceNamed(values);
}

/** Tests for an address in any spelling, a network, or the name of a service. */
function isAddress(values: readonly string[]): Condition {
  const wrong = values.find(
    (value) => readNetwork(value) === undefined && !/[a-z].*[a-z]/i.test(value),
  );
  if (wrong !== undefined)
    throw new HuntError(
      'USAGE',
      `--ip ${JSON.stringify(wrong)} is not an address, a network or the name of a service`,
    );
  const { texts, networks } = spelledAddresses(values);
  return {
    kind: 'any',
    of: [testOf('sourceIPAddress', 'in', texts), testOf('sourceIPAddress', 'inCidr', networks)],
  };
}

/**
 * Tests whether a name of the principal, of its session's role or of whom it acts for contains the text, in any case, as `hunt who`
 * does. A name as reports write it means this actor alone.
 */
function isPrincipal(given: readonly string[]): Condition {
  const sought = given.map((text) => principalSought(text));
  const textsOf = (kind: Sought['kind']): readonly string[] =>
    sought.filter((one) => one.kind === kind).map(({ text }) => text);
  const [parts, keys] = [textsOf('part'), textsOf('key')];
  return anyOf([
    ...isNamedLike(parts),
    ...(keys.length === 0 ? [] : [testOf('userIdentity.accessKeyId', 'in', spelledKeys(keys))]),
    ...textsOf('name').map((name) => isActor(readActorName(name))),
  ]);
}

/** Throws a HuntError for a name of which an event has only one half. */
function principalSought(given: string): Sought {
  const sought = soughtBy(given);
  const { text, leftOut } = sought;
  if (leftOut === null) return sought;
  throw new HuntError(
    'USAGE',
    `--principal ${JSON.stringify(given)}: the events of ${leftOut} do not say who is behind it. Give --principal ${JSON.stringify(leftOut)} for everybody's, or hunt who ${JSON.stringify(text)} for what they did, under this name too`,
  );
}
