/** The questions of `hunt init`, each with the line to use if the answer is yes. */
import { isAddress, smallNetwork } from '../../../network/addresses.js';
import { counted } from '../../../text/counted.js';
import { groupedBy } from '../../../memory/grouped.js';
import type { AddressFacts } from '../facts/facts.js';
import { FEW, type Networks } from './network.js';
import type { Proposal } from './proposal.js';
import { daysBetween } from '../facts/seen.js';

/**
 * Each network is a question of its own: the same role may be a program's in one and a person's in another.
 */
export interface OpenQuestion {
  readonly kind: 'ask';
  /** The line to use if the answer is yes; null where none can say it. */
  readonly proposal: Proposal | null;
  readonly why: readonly string[];
  readonly further: readonly Question[];
}

/** A question about further addresses of a role. */
export interface Question {
  readonly proposal: Proposal;
  readonly why: readonly string[];
}

/** A question for each network. */
export function openQuestion(
  proposal: Proposal,
  why: readonly string[],
  further: readonly Question[],
): OpenQuestion {
  const [first, ...others] = byNetwork(proposal.network);
  if (first === undefined || others.length === 0) return { kind: 'ask', proposal, why, further };
  const name = proposal.reason.replace(/:.*$/s, '');
  const of = (network: readonly string[]): Proposal => {
    const from = network.join(', ');
    return { ...proposal, network, reason: `${name}: from ${from}` };
  };
  const more = others.map((network) => ({
    proposal: of(network),
    why: [`is ${network.join(', ')} the same program too, and no person?`],
  }));
  return { kind: 'ask', proposal: of(first), why, further: [...more, ...further] };
}

/** The addresses in groups that lie in one small network. What is no address is a group of its own. */
export function byNetwork(addresses: readonly string[]): readonly (readonly string[])[] {
  const networks = groupedBy(addresses, (address) =>
    isAddress(address) ? smallNetwork(address) : '',
  );
  return [...networks.values()];
}

/** Questions about further addresses, if they were in use for long enough. */
export function furtherOf(
  proposal: Proposal,
  others: Networks['others'],
  minDays: number,
): readonly Question[] {
  const long = new Map(
    others
      .filter(
        ([address, { seen, byPeople }]) =>
          isAddress(address) &&
          byPeople === 0 &&
          seen.days.size >= minDays &&
          daysBetween(seen.first, seen.last) >= minDays,
      )
      .slice(0, FEW),
  );
  const reason = proposal.reason.replace(/:.*$/s, ': further addresses');
  return byNetwork([...long.keys()]).map((network) => ({
    proposal: { ...proposal, network, reason },
    why: network.map((address) => furtherText(address, long.get(address))),
  }));
}

function furtherText(address: string, at: AddressFacts | undefined): string {
  const seen =
    at === undefined
      ? ''
      : `: ${counted(at.seen.count, 'change')} on ${counted(at.seen.days.size, 'day')}, since ${(at.seen.first ?? '').slice(0, 10)}`;
  return `is ${address} the same program?${seen}`;
}
