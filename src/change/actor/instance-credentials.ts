/**
 * Credentials of an EC2 instance that are used from somewhere else: somebody has copied them. The log does not say where an
 * instance is, but its own agents (Systems Manager, CloudWatch, ECS, …) call from its addresses.
 */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Json } from '../../cloudtrail/json.js';
import { OWN_AGENTS } from '../../cloudtrail/own-agents.js';
import { readNetwork } from '../../network/addresses.js';
import { groupedBy } from '../../memory/grouped.js';
import { textMember } from '../request/request.js';
import { shortened, shortenedOrNull } from '../sentence.js';
import type { Actor } from './actor.js';
import { agentOf, sessionOf } from './caller.js';
import { toolTextOf } from './tool.js';
import { isInstanceId } from './credential-id.js';

/** Calls with one key of an instance, from one address, by one program. */
export interface InstanceUse {
  readonly account: string | null;
  /** `i-0abc…`: the name of the session. */
  readonly instance: string;
  /** May be empty in a call of the instance's own agents: such a call only shows the address of the instance. */
  readonly accessKey: string;
  readonly address: string;
  /** The account of the VPC endpoint through which the calls came, where that is another account; null elsewhere. */
  readonly endpoint: string | null;
  /** The user agent; null where there is none. */
  readonly agent: string | null;
  /** Instants as text; null for events without a time. */
  readonly first: string | null;
  readonly last: string | null;
  readonly events: number;
  /** How many of the events exclusions hid. */
  readonly hidden: number;
}

/** Calls with a key of an instance from an address that is not the instance's. */
export interface UsedElsewhere extends Omit<InstanceUse, 'agent'> {
  /** The programs, by name and version. */
  readonly tools: readonly string[];
  /** Where the instance's own agents call from, or else where its key was used first. */
  readonly own: readonly string[];
  /** How the instance's addresses are known; or that the calls came through another account's network. */
  readonly because: 'its agents' | 'its first use' | 'the endpoint';
}

interface Event {
  readonly eventTime: string | null;
  readonly recipientAccountId: string | null;
  readonly sourceIPAddress: string | null;
  readonly userAgent: string | null;
  readonly vpcEndpointId: string | null;
  readonly vpcEndpointAccountId: string | null;
  readonly userIdentity: Json;
}

const AGENTS = new RegExp(OWN_AGENTS, 'i');
/** In UTF-16 units. */
const LONGEST = 256;
/** The length of an account. */
const ACCOUNT = 12;

/** What an event says of the use of an instance's credentials; undefined where it is not one, or made by way of AWS itself. */
export function instanceUseOf(
  event: Event,
  { actor }: { readonly actor: Actor },
): InstanceUse | undefined {
  const { session, accessKey, via } = actor;
  if (session === null || !isInstanceId(session) || accessKey === null || via !== null)
    return undefined;
  const address = event.sourceIPAddress ?? '';
  if (readNetwork(address) === undefined) return undefined;
  const endpoint = event.vpcEndpointId === null ? null : foreignEndpoint(event);
  // Who calls through an endpoint of the network is in the network.
  if (endpoint === undefined) return undefined;
  return {
    account: shortenedOrNull(event.recipientAccountId, LONGEST),
    instance: session,
    accessKey: shortened(accessKey, LONGEST),
    address,
    endpoint,
    agent: shortenedOrNull(agentOf(event.userAgent), LONGEST),
    first: event.eventTime,
    last: event.eventTime,
    events: 1,
    hidden: 0,
  };
}

/** The account of an endpoint, if it is another one than that of the call and of its caller. `useSteps` says the same in SQL. */
function foreignEndpoint(event: Event): string | undefined {
  const { vpcEndpointAccountId: account, recipientAccountId, userIdentity } = event;
  if (account?.length !== ACCOUNT || account === recipientAccountId) return undefined;
  return account === textMember(userIdentity, 'accountId') ? undefined : account;
}

/** Calls as the exclusion ledger counts them. */
interface HiddenCalls {
  /** The ARN. */
  readonly principal: string | null;
  readonly account: string | null;
  readonly userAgent: string | null;
}

/** What calls that an exclusion hid say of the same; undefined where the session is not an instance's. */
export function hiddenUseOf(
  { principal, account, userAgent }: HiddenCalls,
  { accessKey, address, endpoint }: Pick<InstanceUse, 'accessKey' | 'address' | 'endpoint'>,
  { first = null, last = null, events }: Partial<InstanceUse> & Pick<InstanceUse, 'events'>,
): InstanceUse | undefined {
  const instance = sessionOf(principal ?? undefined, undefined);
  if (instance === undefined || !isInstanceId(instance)) return undefined;
  const agent = shortenedOrNull(agentOf(userAgent), LONGEST);
  const own = shortenedOrNull(account, LONGEST);
  const place = { account: own, instance, accessKey, address, endpoint };
  return { ...place, agent, first, last, events, hidden: events };
}

/** The uses from elsewhere, one for each instance, key and address, in the order of these texts. */
export function usedElsewhere(uses: Iterable<InstanceUse>): readonly UsedElsewhere[] {
  const all = [...uses];
  const found = [
    ...throughOthers(all.filter(({ endpoint }) => endpoint !== null)),
    ...fromElsewhere(all.filter(({ endpoint }) => endpoint === null)),
  ];
  return found.toSorted((a, b) => byCodePoint(orderKey(a), orderKey(b)));
}

/** Calls from the network of another account. An organization may share a network: then agents of the account call from there too. */
function throughOthers(all: readonly InstanceUse[]): readonly UsedElsewhere[] {
  const networkOf = ({ account, endpoint }: InstanceUse): string =>
    JSON.stringify([account, endpoint]);
  const shared = new Set(all.filter(isByAgent).map(networkOf));
  return grouped(
    all.filter((use) => !shared.has(networkOf(use))),
    ({ account, instance, accessKey, address, endpoint }) => [
      account,
      instance,
      accessKey,
      address,
      endpoint,
    ],
  ).map((same) => joined(same, { own: [], because: 'the endpoint' }));
}

function fromElsewhere(all: readonly InstanceUse[]): readonly UsedElsewhere[] {
  // Instances of one network often leave it by the same few addresses.
  const ofAccounts = new Set(
    all.filter(isByAgent).map(({ account, address }) => JSON.stringify([account, address])),
  );
  const isOwn = ({ account, address }: InstanceUse): boolean =>
    ofAccounts.has(JSON.stringify([account, address]));
  const found: UsedElsewhere[] = [];
  for (const ofInstance of grouped(all, ({ account, instance }) => [account, instance])) {
    // Nothing tells what is usual for an instance with one use.
    if (ofInstance.length === 1) continue;
    const own = distinct(ofInstance.filter(isByAgent).map(({ address }) => address));
    for (const ofKey of grouped(ofInstance, ({ accessKey }) => [accessKey]))
      for (const version of [4, 6]) {
        const same = ofKey.filter(({ address }) => readNetwork(address)?.version === version);
        const known = own.filter((address) => readNetwork(address)?.version === version);
        const others = grouped(
          same.filter((use) => !isOwn(use)),
          ({ address }) => [address],
        );
        for (const other of others) {
          const why = reasonFor(other, same, known);
          if (why !== undefined) found.push(joined(other, why));
        }
      }
  }
  return found;
}

type Reason = Pick<UsedElsewhere, 'own' | 'because'>;

/** Undefined where the address may well be the instance's. */
function reasonFor(
  at: readonly InstanceUse[],
  ofKey: readonly InstanceUse[],
  known: readonly string[],
): Reason | undefined {
  if (known.length > 0) return { own: known, because: 'its agents' };
  // Without an agent, only that another program takes over a key that was used elsewhere before tells them apart.
  const [here] = at;
  const others = ofKey.filter(({ address }) => address !== here?.address);
  const [first] = others.toSorted((a, b) => byCodePoint(a.first ?? '~', b.first ?? '~'));
  const begins = at.map((use) => use.first ?? '~').toSorted(byCodePoint)[0] ?? '~';
  if (first === undefined || (first.first ?? '~') >= begins) return undefined;
  const programs = new Set(others.map(programOf));
  return at.some((use) => programs.has(programOf(use)))
    ? undefined
    : { own: [first.address], because: 'its first use' };
}

/** What AWS's tools write about a single call: its command, its service, and settings and features that it uses. */
const OF_ONE_CALL = /\s(?:md\/)?(?:command|api|cfg|m)[/#]\S*/g;

/** The program, its version and its machine, as its user agent says in all calls. */
function programOf({ agent }: InstanceUse): string | undefined {
  return agent?.replaceAll(OF_ONE_CALL, '');
}

function joined(uses: readonly InstanceUse[], reason: Reason): UsedElsewhere {
  const [{ account, instance, accessKey, address, endpoint }] = uses as readonly [InstanceUse];
  const times = uses.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null);
  const sorted = times.toSorted(byCodePoint);
  return {
    account,
    instance,
    accessKey,
    address,
    endpoint,
    tools: distinct(uses.map(({ agent }) => (agent === null ? 'no agent' : toolTextOf(agent)))),
    first: sorted[0] ?? null,
    last: sorted.at(-1) ?? null,
    events: uses.reduce((total, { events }) => total + events, 0),
    hidden: uses.reduce((total, { hidden }) => total + hidden, 0),
    ...reason,
  };
}

/** Whether an agent of the instance itself made the calls, as far as its name tells. */
export function isByAgent({ accessKey, agent }: Pick<InstanceUse, 'accessKey' | 'agent'>): boolean {
  return accessKey === '' || (agent !== null && AGENTS.test(agent));
}

/** The uses with the same texts, each group with at least one. */
function grouped(
  uses: readonly InstanceUse[],
  textsOf: (use: InstanceUse) => readonly (string | null)[],
): readonly (readonly InstanceUse[])[] {
  return [...groupedBy(uses, (use) => JSON.stringify(textsOf(use))).values()];
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted(byCodePoint);
}

function orderKey({ account, instance, accessKey, address, endpoint }: UsedElsewhere): string {
  return JSON.stringify([account, instance, accessKey, address, endpoint]);
}
