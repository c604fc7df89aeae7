/** What it means for a resource (a bucket, key, topic, queue, repository) to get a policy, or to lose it. */
import type { Json } from '../../cloudtrail/json.js';
import type { Description, Exposure, State } from '../change.js';
import type { Subject } from '../request/subject.js';
import { summarisePolicy, type PolicySummary } from './summary.js';

const CLOSED = 'has a policy';

type States = Required<Pick<Description, 'begins' | 'ends' | 'removes'>>;

/** What a state says of whom a policy lets in: `everyone`, `account 111122223333`, `others`. */
type OpenTo = (who: string) => string;

export const byPolicy: OpenTo = (who) => `open to ${who} by its policy`;

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
  const { begins, ...ended } = statesOf(subject.key, summary, byPolicy);
  return {
    verb: 'set',
    object: `policy of ${subject.text}: ${summary.text}`,
    ...accessOf(summary),
    begins: begins.length > 0 ? begins : [policyState(subject.key, CLOSED)],
    ...ended,
  };
}

export function policyDeleted(subject: Subject): Description {
  return {
    verb: 'delete',
    object: `policy of ${subject.text}`,
    removes: [policyPart(subject.key)],
  };
}

/**
 * The states of a policy that replaces another: whom it lets in begins, and all that is not said again ends. But a policy that lets in
 * everyone, or somebody of whom the account cannot be told, may let in each account that the one before did: it ends at most that
 * everyone is let in, or much of the internet, and nothing if it cannot be read.
 */
export function statesOf(
  resource: string,
  { toEveryone, toMuch, grantees, toFederated, isVague, isReadable }: PolicySummary,
  openTo: OpenTo,
): States {
  const open = (who: string): State => policyState(resource, openTo(who));
  const everyone = open('everyone');
  const much = open('much of the internet');
  const begins = [
    ...(toEveryone ? [everyone] : []),
    ...(toMuch ? [much] : []),
    ...grantees.map((account) => open(`account ${account}`)),
    ...(toFederated ? [open('others')] : []),
  ];
  if (!toEveryone && !isVague) return { begins, ends: [], removes: [policyPart(resource)] };
  const ends = toEveryone || !isReadable ? [] : toMuch ? [everyone] : [everyone, much];
  return { begins, ends, removes: [] };
}

/** A policy is a part of its resource. A policy that replaces it removes this part, and ends what it began. */
export function policyPart(resource: string): string {
  return `policy of ${resource}`;
}

function policyState(resource: string, what: string): State {
  return { resource, what, part: policyPart(resource) };
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
