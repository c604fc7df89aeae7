/**
 * The state that a thing exists, where a call without a describer creates or deletes one and names it. Some names are unique only
 * within a parent. For example, two clusters may each have a node group `default`.
 */
import type { Description } from '../change.js';
import { resourceName } from '../request/call.js';
import { DELETION } from '../request/subject.js';
import type { Parameter } from './parameters.js';
import type { NamedCall } from './words.js';

/** Ends the names of parameters that name something. */
export const NAMING = /(?:^id|^arn|^name|Id|Arn|ARN|Name|Identifier)$/;
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
const NO_PARENT = /^(?:final|version|catalogid$|owner|clientrequest|request)|account/;

/** What waits for days after its deletion, in which `Restore…` brings it back as it was. */
const WAITING: Readonly<Record<string, string>> = {
  'acm-pca.amazonaws.com': 'certificate authority',
  'chime.amazonaws.com': 'phone number',
  'cloudhsm.amazonaws.com': 'backup',
  'payment-cryptography.amazonaws.com': 'key',
  'quicksight.amazonaws.com': 'analysis',
};

/** The parameters of a call of a service: those that its answer adds, and those that were asked for. */
interface Parameters {
  readonly eventSource: string | null;
  readonly made: readonly Parameter[];
  readonly request: readonly Parameter[];
}

/** `CreateThing` may answer with `thingId` and `DeleteThing` may name either `thingId` or `thingName`, so the state has both. */
export function existence(
  { verb, noun, thing }: NamedCall,
  { eventSource, made, request }: Parameters,
): Pick<Description, 'begins' | 'ends' | 'removes'> {
  if (verb !== 'create' && verb !== 'delete' && verb !== 'restore') return {};
  const isDeleted = verb === 'delete';
  const waits = Object.hasOwn(WAITING, eventSource ?? '') && WAITING[eventSource ?? ''] === noun;
  const valuesOf = (endings: readonly string[]): readonly string[] =>
    endings.flatMap((ending) =>
      [...made, ...request]
        .filter(({ path }) => ownPath(path, thing) === `${thing}${ending}`)
        .flatMap(({ values }) => (values.length === 1 ? values : [])),
    );
  const parents = parentsOf(request, { thing, isDeleted });
  const names = valuesOf(CHOSEN).flatMap((name) => namesOf(name, parents));
  const ids = [...valuesOf(UNIQUE), ...names, ...valuesOf(['arn'])];
  const keys = [...new Set(ids)].map((id) => `${noun} ${id}`);
  const [resource, part] = keys;
  if (resource === undefined) return {};
  const waiting = { resource, what: DELETION };
  if (verb === 'restore') return waits ? { ends: [waiting] } : {};
  if (isDeleted && waits && !isAtOnce(request)) return { begins: [waiting] };
  if (isDeleted) return { removes: keys };
  return { begins: [{ resource, what: 'exists', ...(part !== undefined && { part }) }] };
}

/** `thingId` of `thing.thingId`, `things.thingId` and `thing.id`: many answers hold what was made in a member of its name. */
function ownPath(path: string, thing: string): string {
  const lower = path.toLowerCase();
  const holder = [`${thing}.`, `${thing}s.`].find((before) => lower.startsWith(before)) ?? '';
  const own = lower.slice(holder.length);
  return holder !== '' && ENDINGS.includes(own) ? `${thing}${own}` : own;
}

function isAtOnce(request: readonly Parameter[]): boolean {
  return request.some(
    ({ path, values }) => path === 'forceDeleteWithoutRecovery' && values[0] === 'true',
  );
}

/** A call may take an ARN in place of the name: then it means the name too. */
function namesOf(name: string, parents: readonly string[]): readonly string[] {
  const short = resourceName(name);
  return short === name ? [within(name, parents)] : [within(short, parents), name];
}

/** `default of prod`. An ARN names its parents itself. A parent with the name of the thing is the thing itself. */
export function within(name: string, parents: readonly string[]): string {
  if (name.startsWith('arn:')) return name;
  return [name, ...parents.filter((parent) => parent !== name)].join(' of ');
}

/**
 * The names of what the thing is in, in order. What else a deletion names is taken for a parent too: if it is not known as one, the
 * deletion ends no state, which is better than to end that of another thing.
 */
export function parentsOf(
  request: readonly Parameter[],
  { thing, isDeleted }: { readonly thing: string; readonly isDeleted: boolean },
): readonly string[] {
  if (COPY.test(thing)) return [];
  const own = new Set(ENDINGS.map((ending) => `${thing}${ending}`));
  const isParent = ({ path, name }: Parameter): boolean => {
    const lower = name.toLowerCase();
    if (path !== name || own.has(lower)) return false;
    // Beside the name of the thing, `name` is that of its parent: EKS has the cluster there.
    if (PARENT_PARAMETERS.has(lower) || lower === 'name') return true;
    return isDeleted && NAMING.test(name) && !NO_PARENT.test(lower);
  };
  const parents = request
    .filter(isParent)
    .flatMap(({ values }) => (values.length === 1 ? values : []));
  return [...new Set(parents.map(resourceName))].toSorted();
}
