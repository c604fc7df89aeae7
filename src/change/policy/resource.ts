/** What it means for a resource (a bucket, key, topic, queue, repository) to get a policy, or to lose it. */
import type { Json } from '../../cloudtrail/json.js';
import type { Description, Exposure, State } from '../change.js';
import type { Subject } from '../request/subject.js';
import { summarisePolicy, type PolicySummary } from './summary.js';

const CLOSED = 'has a policy';

type States = Required<Pick<Description, 'begins' | 'ends' | 'removes'>>;

/** A policy, as the states of whom it lets in have it. */
export interface PlacedPolicy {
  readonly resource: string;
  /** A policy is a part of its resource. A policy that replaces it removes this part, and ends what it began. */
  readonly part: string;
  /** What a state says of whom the policy lets in: `everyone`, `account 111122223333`, `others`. */
  readonly openTo: (who: string) => string;
}

/** The policy of a resource. It has a name where the resource may have several. */
export function placedPolicy(resource: string, name?: string): PlacedPolicy {
  const policy = name === undefined ? 'policy' : `policy ${name}`;
  return {
    resource,
    part: `${policy} of ${resource}`,
    openTo: (who) => `open to ${who} by its ${policy}`,
  };
}

/** The policy replaces the one before, if there was one. */
export function policyGiven(subject: Subject, policy: Json, own: string | null): Description {
  return policySummarised(subject, summaryFor(subject, policy, own));
}

/** What the policy of a resource allows. */
export function summaryFor(subject: Subject, policy: Json, own: string | null): PolicySummary {
  return summarisePolicy(policy, { own, resource: subject.resource.id });
}

/** As `policyGiven`, of a policy that was read already. */
export function policySummarised(subject: Subject, summary: PolicySummary): Description {
  const policy = placedPolicy(subject.key);
  const { begins, ...ended } = statesOf(policy, summary);
  return {
    verb: 'set',
    object: `policy of ${subject.text}: ${summary.text}`,
    ...accessOf(summary),
    begins: begins.length > 0 ? begins : [policyState(policy, CLOSED)],
    ...ended,
  };
}

/** The sentence, and the end of every state that the policy of the resource began. */
export function policyDeleted(subject: Subject): Description {
  return {
    verb: 'delete',
    object: `policy of ${subject.text}`,
    removes: [placedPolicy(subject.key).part],
  };
}

/**
 * The states of a policy that replaces another: whom it lets in begins, and all that is not said again ends. But a policy that lets in
 * everyone, or somebody of whom the account cannot be told, may let in each account that the one before did: it ends at most that
 * everyone is let in, or much of the internet, and nothing if it cannot be read.
 */
export function statesOf(
  policy: PlacedPolicy,
  { toEveryone, toMuch, grantees, toFederated, isVague, isReadable }: PolicySummary,
): States {
  const open = (who: string): State => policyState(policy, policy.openTo(who));
  const everyone = open('everyone');
  const much = open('much of the internet');
  const begins = [
    ...(toEveryone ? [everyone] : []),
    ...(toMuch ? [much] : []),
    ...grantees.map((account) => open(`account ${account}`)),
    ...(toFederated ? [open('others')] : []),
  ];
  if (!toEveryone && !isVague) return { begins, ends: [], removes: [policy.part] };
  const ends = toEveryone || !isReadable ? [] : toMuch ? [everyone] : [everyone, much];
  return { begins, ends, removes: [] };
}

function policyState({ resource, part }: PlacedPolicy, what: string): State {
  return { resource, what, part };
}

/** Whom a policy lets in, as a description has it. */
export function accessOf({
  toEveryone,
  toMuch,
  grantees,
}: Pick<PolicySummary, 'toEveryone' | 'toMuch' | 'grantees'>): {
  readonly exposure: Exposure | null;
  readonly grantees: readonly string[];
} {
  const peer = toEveryone ? 'everyone' : toMuch ? 'much of the internet' : undefined;
  return { exposure: peer === undefined ? null : { peer, direction: 'ingress' }, grantees };
}
