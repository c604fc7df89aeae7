/** From which networks a role uses a tool: few that are known for long, or else none that an allowance could name. */
import { isAddress, isInsideNetwork, smallNetwork } from '../../../network/addresses.js';
import type { AddressFacts, ToolFacts } from '../facts/facts.js';
import { daysBetween, Seen } from '../facts/seen.js';

/** So many addresses, or networks, are few. */
export const FEW = 4;
/** An address that comes later than this after the first one is new, in days. */
const AT_ONCE = 3;
/** For an address whose sessions are proven: days on which it was used. */
const LEAST_DAYS = 3;

export interface Networks {
  /** `203.0.113.10`, `10.1.2.0/24`; empty where they are not few. */
  readonly networks: readonly string[];
  /** The changes from there. */
  readonly days: number;
  readonly span: number;
  readonly changes: number;
  /** Addresses that are not there: they are too new, or were used for too short a time. Those with the most changes first. */
  readonly others: readonly (readonly [address: string, at: AddressFacts])[];
}

export interface Knowing {
  /** How long an address must have been in use, in days. */
  readonly minDays: number;
  /** Addresses from which some role used such a tool from the beginning. */
  readonly trusted: ReadonlySet<string>;
}

/** The networks that have been in use for long: from the beginning, or with proof. */
export function networksOf(facts: ToolFacts, { minDays, trusted }: Knowing): Networks {
  const all = facts.addresses.entries();
  const usual = networksFromBeginning(facts);
  // Of a program whose sessions are proven, sessions that are not are not of this program.
  const isOther = ({ proven }: AddressFacts): boolean => facts.proven > 0 && proven === 0;
  const isOld = ([address, at]: readonly [string, AddressFacts]): boolean =>
    isLong(address, at, minDays) &&
    !isOther(at) &&
    (isFromBeginning(address, at, { all: facts.seen, usual }) ||
      trusted.has(address) ||
      (at.proven === at.seen.count && at.shared === 0));
  const exact = all.filter(isOld);
  if (facts.addresses.isFull || exact.length === 0) return none(all);
  if (exact.length <= FEW)
    return chosen(
      exact.map(([address]) => address),
      exact,
      all.filter((one) => !exact.includes(one)),
    );
  // Machines of a private network come and go. Who shares it is known only of machines whose sessions are proven.
  const isInside = ([address, { seen, proven }]: readonly [string, AddressFacts]): boolean =>
    isInsideNetwork(address) && proven === seen.count;
  const networks = [...new Set(all.map(([address]) => around(address)))];
  return all.every(isInside) && networks.length <= FEW ? chosen(networks, all, []) : none(all);
}

/** The addresses that a tool has used for long, and from the beginning. */
export function trustedIn(facts: ToolFacts, minDays: number): readonly string[] {
  const since = { all: facts.seen, usual: networksFromBeginning(facts) };
  return facts.addresses
    .entries()
    .flatMap(([address, at]) =>
      isLong(address, at, minDays) && isFromBeginning(address, at, since) ? address : [],
    );
}

/** Whoever uses a role seldom, from an own address, may do so from the beginning: without proof an address needs as many days. */
function isLong(
  address: string,
  { seen, proven, byPeople }: AddressFacts,
  minDays: number,
): boolean {
  const least = proven === seen.count ? Math.min(LEAST_DAYS, minDays) : minDays;
  return (
    isAddress(address) &&
    byPeople === 0 &&
    daysBetween(seen.first, seen.last) >= minDays &&
    seen.days.size >= least
  );
}

interface Since {
  readonly all: Seen;
  /** Small networks of addresses that no flag calls new. */
  readonly usual: ReadonlySet<string>;
}

function networksFromBeginning({ addresses, seen: all }: ToolFacts): ReadonlySet<string> {
  return new Set(
    addresses
      .entries()
      .flatMap(([address, { seen, flagged }]) =>
        isAddress(address) && flagged === 0 && daysBetween(all.first, seen.first) < AT_ONCE
          ? smallNetwork(address)
          : [],
      ),
  );
}

/** The next address of a network, a day later, is another machine of the same program. */
function isFromBeginning(address: string, { seen }: AddressFacts, { all, usual }: Since): boolean {
  return daysBetween(all.first, seen.first) < AT_ONCE && usual.has(smallNetwork(address));
}

type Entries = readonly (readonly [string, AddressFacts])[];

function chosen(networks: readonly string[], inside: Entries, others: Entries): Networks {
  const days = new Set(inside.flatMap(([, { seen }]) => [...seen.days]));
  const times = inside.flatMap(([, { seen }]) => [seen.first, seen.last]).filter(isKnown);
  const sorted = times.toSorted();
  return {
    networks: networks.toSorted(),
    days: days.size,
    span: daysBetween(sorted[0] ?? null, sorted.at(-1) ?? null),
    changes: inside.reduce((sum, [, { seen }]) => sum + seen.count, 0),
    others: counts(others),
  };
}

function none(all: Entries): Networks {
  return { ...chosen([], [], []), others: counts(all) };
}

function counts(entries: Entries): Networks['others'] {
  return entries.toSorted((a, b) => b[1].seen.count - a[1].seen.count);
}

function isKnown(time: string | null): time is string {
  return time !== null;
}

/** The network of 256 addresses around one of IPv4. */
export function around(address: string): string {
  return address.replace(/\.\d+$/, '.0/24');
}

/** All that was seen together, where no network is named. */
export function everywhere({ seen }: { readonly seen: Seen }): Pick<Networks, 'days' | 'span'> {
  return { days: seen.days.size, span: daysBetween(seen.first, seen.last) };
}
