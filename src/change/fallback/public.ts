/**
 * Whether a call without a describer lets everyone reach a thing, by a setting: databases, brokers and clusters of several services
 * have `publiclyAccessible`, services of App Runner `isPubliclyAccessible`, and some settings say it in another way.
 */
import type { Description } from '../change.js';
import { thingKey } from './holder.js';
import { keysOf, otherKeysOf, type CallParameters } from './thing.js';
import type { NamedCall } from './words.js';

interface Setting {
  /** The end of the path of the parameter. */
  readonly path: RegExp;
  readonly on: RegExp;
  readonly off: RegExp;
  readonly what: string;
  /** Whether it is a setting of the account. */
  readonly isOfAccount?: boolean;
}

const SETTINGS: readonly Setting[] = [
  {
    path: /(?:^|\.)(?:is)?publiclyAccessible$/i,
    on: /^true$/i,
    off: /^false$/i,
    what: 'public address',
  },
  // MSK.
  {
    path: /(?:^|\.)publicAccess\.type$/i,
    on: /^SERVICE_PROVIDED_EIPS$/,
    off: /^DISABLED$/,
    what: 'public address',
  },
  // Buckets of Lightsail.
  {
    path: /^accessRules\.getObject$/i,
    on: /^public$/,
    off: /^private$/,
    what: 'objects open to everyone',
  },
  // Neptune Analytics.
  {
    path: /^publicConnectivity$/i,
    on: /^true$/i,
    off: /^false$/i,
    what: 'public address',
  },
  // QuickSight.
  {
    path: /^publicSharingEnabled$/i,
    on: /^true$/i,
    off: /^false$/i,
    what: 'public sharing on',
    isOfAccount: true,
  },
];

export type Public = Pick<Description, 'exposure' | 'begins' | 'ends'>;

/** Nothing where the call does not say it. The answer of a call that makes something may say it. */
export function publicSetting(call: NamedCall, parameters: CallParameters): Public {
  const { verb } = call;
  if (verb === undefined || verb === 'read' || verb === 'delete') return {};
  const made = verb === 'create' ? parameters.made : [];
  const all = [...parameters.request, ...made];
  for (const { path, on, off, what, isOfAccount = false } of SETTINGS) {
    const value = all.find((one) => path.test(one.path))?.values[0];
    if (value === undefined || !(on.test(value) || off.test(value))) continue;
    const resource = isOfAccount ? `account ${parameters.own ?? ''}` : keyOf(call, parameters);
    const states = resource === undefined ? [] : [{ resource, what }];
    if (off.test(value)) return { ends: states };
    return { exposure: { peer: 'everyone', direction: 'ingress' }, begins: states };
  }
  return {};
}

/**
 * The key of the thing that a call sets up. Later calls name what is made by what the answer adds, such as its ARN, rather than by the name that was asked for.
 */
export function keyOf(call: NamedCall, parameters: CallParameters): string | undefined {
  const given = thingKey(call, { ...parameters, made: [], isWithinAll: false });
  if (call.verb !== 'create') return given;
  const known = new Set(parameters.request.flatMap(({ values }) => values));
  const request = parameters.made.filter(({ values }) => !values.some((value) => known.has(value)));
  const answered = { ...parameters, request, made: [] };
  const [key] = keysOf(call, { ...answered, isWithinAll: false });
  return key ?? otherKeysOf(call, answered)[0] ?? given;
}
