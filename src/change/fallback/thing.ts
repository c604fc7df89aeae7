/**
 * The keys of the thing that a call without a describer is about, by the parameters that name it. Some names are unique only within
 * a parent. For example, two clusters may each have a node group `default`.
 */
import { resourceName } from '../request/call.js';
import { isForeignArn, namedByArn } from '../request/arn-kind.js';
import { NAMING, type Parameter } from './parameters.js';
import type { NamedCall } from './words.js';

/** How the parameters of a thing end, by which calls name it. AWS makes IDs and ARNs unique, but anyone may choose a name. */
const UNIQUE = ['id', 'identifier'];
const CHOSEN = ['name', ''];
const ENDINGS = [...UNIQUE, ...CHOSEN, 'arn'];
/** What has things of which the names are unique only within it. Another call may put the same thing in `clusterName` and in `cluster`. */
const PARENTS = [
  'api',
  'app',
  'application',
  'bot',
  'bucket',
  'catalog',
  'cluster',
  'collection',
  'contactList',
  'database',
  'directory',
  'domain',
  'environment',
  'eventBus',
  'fleet',
  'group',
  'identityPool',
  'identityStore',
  'instance',
  'keyspace',
  'namespace',
  'organization',
  'project',
  'registry',
  'repository',
  'restApi',
  'scheduleGroup',
  'schema',
  'server',
  'service',
  'stack',
  'stateMachine',
  'stream',
  'table',
  'tableBucket',
  'userPool',
  'userProfile',
  'vault',
  'workgroup',
  'workspace',
];
const PARENT_PARAMETERS = new Set(
  PARENTS.flatMap((parent) => ENDINGS.map((ending) => `${parent.toLowerCase()}${ending}`)),
);
/** A copy is made from what the call names. It is not within it. */
const COPY = /snapshot|backup|image/;
/** Names of what a deletion leaves behind, of a version, or of the account itself. */
export const NO_PARENT = /^(?:final|version|catalogid$|owner|clientrequest|request)|account/;

type Thing = Pick<NamedCall, 'noun' | 'thing'>;

export interface CallParameters {
  readonly request: readonly Parameter[];
  /** Those that the answer adds. */
  readonly made: readonly Parameter[];
  /** The account of the call. */
  readonly own: string | null;
}

/** By its ID, by its name and by its ARN. `isWithinAll` takes all that the request names for a parent. */
export function keysOf(
  { noun, thing }: Thing,
  { request, made, own, isWithinAll }: CallParameters & { readonly isWithinAll: boolean },
): readonly string[] {
  const all = [...made, ...request];
  const parents = parentsOf(request, { thing, isWithinAll });
  const names = valuesOf(thing, CHOSEN, all).flatMap((name) => namesOf(name, parents, own));
  const ids = [...valuesOf(thing, UNIQUE, all), ...names, ...valuesOf(thing, ['arn'], all)];
  return [...new Set(ids)].map((id) => `${noun} ${id}`);
}

/**
 * What else may be known of a thing: what the request calls `name` or `id` where nothing else names the thing, and the name in its
 * ARN.
 */
export function otherKeysOf(
  { noun, thing }: Thing,
  { request, own }: CallParameters,
): readonly string[] {
  const named = valuesOf(thing, ENDINGS, request);
  // The policy of a thing has no name of its own: it is the name of the thing.
  const isBare = named.length === 0 && !noun.includes('policy');
  const bare = isBare ? valuesOf('', ENDINGS, request) : [];
  const parents = parentsOf(request, { thing, isWithinAll: true });
  const inArns = [...named, ...bare].flatMap((text) => namedByArn(text, own)?.name ?? []);
  return [...bare.map((text) => within(text, parents)), ...inArns].map((id) => `${noun} ${id}`);
}

function valuesOf(
  thing: string,
  endings: readonly string[],
  parameters: readonly Parameter[],
): readonly string[] {
  return endings.flatMap((ending) =>
    parameters
      .filter(({ path }) => ownPath(path, thing) === `${thing}${ending}`)
      .flatMap(({ values }) => (values.length === 1 ? values : [])),
  );
}

/** `thingId` of `thing.thingId`, `things.thingId` and `thing.id`: many answers hold what was made in a member of its name. */
function ownPath(path: string, thing: string): string {
  const lower = path.toLowerCase();
  const holder = [`${thing}.`, `${thing}s.`].find((before) => lower.startsWith(before)) ?? '';
  const own = lower.slice(holder.length);
  return holder !== '' && ENDINGS.includes(own) ? `${thing}${own}` : own;
}

/** A call may take an ARN in place of the name: then it means the name too. */
function namesOf(name: string, parents: readonly string[], own: string | null): readonly string[] {
  const short = isForeignArn(name, own) ? name : resourceName(name);
  return short === name ? [within(name, parents)] : [within(short, parents), name];
}

/** `default of prod`. An ARN names its parents itself. A parent with the name of the thing is the thing itself. */
export function within(name: string, parents: readonly string[]): string {
  if (name.startsWith('arn:')) return name;
  return [name, ...parents.filter((parent) => parent !== name)].join(' of ');
}

/**
 * The names of what the thing is in, in order. With `isWithinAll`, every other name in the request counts as a parent. If one is none,
 * the deletion ends no state. That is better than to end the state of another thing.
 */
export function parentsOf(
  request: readonly Parameter[],
  { thing, isWithinAll }: { readonly thing: string; readonly isWithinAll: boolean },
): readonly string[] {
  if (COPY.test(thing)) return [];
  const own = new Set(ENDINGS.map((ending) => `${thing}${ending}`));
  const isParent = ({ path, name }: Parameter): boolean => {
    const lower = name.toLowerCase();
    if (path !== name || own.has(lower)) return false;
    // If the thing has a parameter of its own, `name` is the name of its parent: for EKS, of the cluster.
    if (PARENT_PARAMETERS.has(lower) || lower === 'name') return true;
    return isWithinAll && NAMING.test(name) && !NO_PARENT.test(lower);
  };
  const parents = request
    .filter(isParent)
    .flatMap(({ values }) => (values.length === 1 ? values : []));
  return [...new Set(parents.map(resourceName))].toSorted();
}
