/** What it means for a resource (a bucket, key, topic, queue, repository) to get a policy, or to lose it. */
import type { Json } from '../../cloudtrail/json.js';
import type { Description, Exposure } from '../change.js';
import { stateOf, type Subject } from '../request/subject.js';
import { summarisePolicy, type PolicySummary } from './summary.js';

export const OPEN = 'open to others by its policy';
const CLOSED = 'has a policy';

/** The policy replaces the one before, if there was one. */
export function policyGiven(subject: Subject, policy: Json, own: string | null): Description {
  const summary = summarisePolicy(policy, { own, resource: subject.resource.id });
  return {
    verb: 'set',
    object: `policy of ${subject.text}: ${summary.text}`,
    ...accessOf(summary),
    ...statesOf(subject, summary),
  };
}

/** A policy that does not say whom it lets in ends nothing: the resource may be as open as before. */
function statesOf(subject: Subject, { outsiders }: PolicySummary) {
  const open = [stateOf(subject, OPEN)];
  const closed = [stateOf(subject, CLOSED)];
  if (outsiders === 'some') return { begins: open, ends: closed };
  return outsiders === 'none' ? { begins: closed, ends: open } : { begins: closed };
}

export function policyDeleted(subject: Subject): Description {
  return {
    verb: 'delete',
    object: `policy of ${subject.text}`,
    ends: [stateOf(subject, OPEN), stateOf(subject, CLOSED)],
  };
}

/** Whom a policy lets in, as a description has it. */
export function accessOf({
  toEveryone,
  grantees,
}: Pick<PolicySummary, 'toEveryone' | 'grantees'>): {
  readonly exposure: Exposure | null;
  readonly grantees: readonly string[];
} {
  return { exposure: toEveryone ? { peer: 'everyone', direction: 'ingress' } : null, grantees };
}
