/** The narrowest entry of `allow` that covers accepted findings: it asks for everything that they have in common. */
import { smallNetwork } from '../../network/addresses.js';
import type { Facets } from './facets.js';

/** As `allow` of `hunt.yml` spells it. A key that is missing asks for nothing. */
export interface Selectors {
  readonly role?: string;
  readonly user?: string;
  readonly tool?: string;
  readonly account?: OneOrMore;
  readonly network?: OneOrMore;
  readonly call?: OneOrMore;
  readonly resource?: string;
  readonly rule: OneOrMore;
}

type OneOrMore = string | readonly string[];

/** With more values than these, findings have no such thing in common. */
const MOST_NETWORKS = 5;
const MOST_CALLS = 30;
const MOST_ACCOUNTS = 30;

/** All of them have the same role, user and tool. There is at least one. */
export function selectorsOf(all: readonly Facets[]): Selectors {
  const [first] = all;
  const calls = valuesOf(all, ({ call }) => call);
  const accounts = valuesOf(all, ({ account }) => account);
  const addresses = valuesOf(all, ({ address }) => address);
  const rules = [...new Set(all.flatMap((one) => one.rules))].toSorted();
  const resource = first?.resources.find((id) => all.every((one) => one.resources.includes(id)));
  return {
    ...(first?.role ? { role: first.role } : {}),
    ...(first?.user ? { user: first.user } : {}),
    ...(first === undefined ? {} : { tool: first.tool }),
    ...(accounts === null || accounts.length > MOST_ACCOUNTS ? {} : { account: short(accounts) }),
    ...networkOf(addresses),
    ...(calls === null || calls.length > MOST_CALLS ? {} : { call: short(calls) }),
    ...(resource === undefined ? {} : { resource }),
    rule: short(rules),
  };
}

/** The values of all, each once; null where one has none. */
function valuesOf(
  all: readonly Facets[],
  valueOf: (facets: Facets) => string | null,
): readonly string[] | null {
  const values = new Set(all.map(valueOf));
  return values.has(null) ? null : [...values].flatMap((one) => one ?? []).toSorted();
}

function short(values: readonly string[]): OneOrMore {
  const [only] = values;
  return only !== undefined && values.length === 1 ? only : values;
}

/** The addresses, or the small networks that they lie in; nothing if they are from all over. */
function networkOf(addresses: readonly string[] | null): Pick<Selectors, 'network'> {
  if (addresses === null) return {};
  if (addresses.length <= MOST_NETWORKS) return { network: short(addresses) };
  const networks = [...new Set(addresses.map(smallNetwork))].toSorted();
  return networks.length <= MOST_NETWORKS ? { network: short(networks) } : {};
}
