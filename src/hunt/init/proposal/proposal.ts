/** An entry of `allow` that might be added, and the condition that it means: the same that `hunt.yml` is read to. */
import { allowedExclusion } from '../../../rule/exclusions/allow.js';
import { readTool } from '../../../rule/exclusions/tool.js';
import { OF_OPTIONS } from '../../../rule/condition/build.js';
import type { Condition } from '../../../rule/condition/condition.js';

export interface Proposal {
  readonly tool: string;
  /** The ARN of a role, or else of a user. */
  readonly role: string | null;
  readonly user: string | null;
  readonly network: readonly string[];
  readonly reason: string;
}

/** The condition that a change is allowed by it. */
export function allowedBy({ tool, role, user, network, reason }: Proposal): Condition {
  return allowedExclusion({
    tool: [readTool({ text: tool, at: OF_OPTIONS }, 'allow')],
    role: role === null ? [] : [role],
    user: user === null ? [] : [user],
    account: [],
    network,
    call: [],
    resource: [],
    reason,
    at: OF_OPTIONS,
  }).of;
}

/** Its line in `hunt.yml`, without the dash. */
export function entryText({ tool, role, user, network, reason }: Proposal): string {
  const parts = [
    `tool: ${/^\w+$/.test(tool) ? tool : JSON.stringify(tool)}`,
    ...(role === null ? [] : [`role: ${JSON.stringify(role)}`]),
    ...(user === null ? [] : [`user: ${JSON.stringify(user)}`]),
    ...(network.length === 0 ? [] : [`network: [${network.map(networkText).join(', ')}]`]),
    `reason: ${JSON.stringify(reason)}`,
  ];
  return `{ ${parts.join(', ')} }`;
}

/** A colon would begin a mapping. */
function networkText(network: string): string {
  return network.includes(':') ? JSON.stringify(network) : network;
}
