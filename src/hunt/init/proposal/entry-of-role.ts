/** The entry of `allow` that would cover what a role does with a tool, and its reason. */
import { shortened } from '../../../change/sentence.js';
import { isAddress } from '../../../network/addresses.js';
import { counted } from '../../../text/counted.js';
import type { RoleFacts, ToolFacts } from '../facts/facts.js';
import { FEW, type Networks } from './network.js';
import type { Proposal } from './proposal.js';

/** Whoever assumes a role chooses the name of the session. */
const LONGEST_NAME = 200;

export interface Candidate {
  readonly role: RoleFacts;
  readonly facts: ToolFacts;
  readonly tool: string;
}

/** The entry, with a reason in words: how often it was seen, from where, and whether who began the sessions is proven. */
export function proposalOf(
  { role, facts, tool }: Candidate,
  { networks, days, changes }: Networks,
  isProven: boolean,
): Proposal {
  const network = networks.length > 0 || isProven ? networks : fewAddresses(facts);
  const name = role.arn.replace(/^.*:role\//, '');
  const seen =
    networks.length > 0
      ? `${counted(changes, 'change')} on ${counted(days, 'day')} from ${networks.join(', ')}`
      : network.length > 0
        ? `from ${network.join(', ')}`
        : `${counted(facts.seen.count, 'change')} on ${counted(facts.seen.days.size, 'day')}`;
  const began = isProven
    ? facts.behind === null
      ? ''
      : `; ${shortened(facts.behind, LONGEST_NAME)} began the sessions`
    : facts.program.carrier === 'cloudformation'
      ? ''
      : `; the log does not say who began ${facts.proven === 0 ? 'the' : 'all of the'} sessions`;
  return {
    tool,
    role: role.arn,
    user: null,
    network,
    reason: `${facts.program.name} as ${name}: ${seen}${began}`,
  };
}

/** For a question: the addresses in doubt, if they are few. */
function fewAddresses({ addresses }: ToolFacts): readonly string[] {
  const names = addresses
    .entries()
    .flatMap(([address, { seen, proven, byPeople }]) =>
      byPeople > 0 || proven === seen.count ? [] : address,
    );
  return names.length <= FEW && names.every(isAddress) ? names.toSorted() : [];
}
