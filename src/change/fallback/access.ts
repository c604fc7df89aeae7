/**
 * Whom a call without a describer lets in. New services come with calls of their own, but the policy of a resource looks the same
 * everywhere: a JSON document with statements and principals, as text or as an object, in any parameter.
 */
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../change.js';
import { accessOf, placedPolicy, statesOf } from '../policy/resource.js';
import { summarisePolicy, type PolicySummary } from '../policy/summary.js';
import { isAboutPolicy, policyHolder } from './holder.js';
import type { Parameter } from './parameters.js';
import type { CallParameters } from './thing.js';
import type { NamedCall } from './words.js';

/** Calls that ask what a policy would allow. */
const ASKING = /^(?:check|evaluate|generate|preview|simulate|test|validate)|preview/i;
/** Calls that put a policy in place of the one before, also those that configure a domain of OpenSearch or CloudSearch. */
const REPLACING = /^(?:Put|Set|Replace)|^Update\w*(?:DomainConfig|AccessPolicies)$/;
// The sender decides how large a request is and how deeply it is nested, so both are limited here.
const DEEPEST = 8;
const MOST_VALUES = 1000;
const MOST_POLICIES = 20;

type Access = Pick<Description, 'exposure' | 'grantees' | 'begins' | 'ends' | 'removes'> & {
  /** What the policies allow. */
  readonly text: string;
};

/**
 * Only an empty text for calls that read, or whose request has no policy. A policy that lets in nobody from outside ends the
 * states of one that did.
 */
export function accessGiven(
  event: ChangeEvent,
  call: NamedCall,
  parameters: CallParameters,
): Access {
  const { verb } = call;
  if (verb === 'read' || ASKING.test(event.eventName ?? '')) return { text: '' };
  if (verb === 'delete') return { text: '', removes: policyDeleted(call, parameters, event) };
  const own = event.recipientAccountId;
  const summaries = policiesIn(event.requestParameters).map((policy) =>
    summarisePolicy(policy, { own }),
  );
  if (summaries.length === 0) return { text: '' };
  const summary = together(summaries);
  const isOpen = summary.outsiders === 'some';
  const holder = policyHolder(call, parameters, event.eventSource);
  const {
    begins = [],
    removes = [],
    ends = [],
  } = holder === undefined ? {} : statesOf(placedPolicy(holder.key, holder.policy), summary);
  // Another call may add its policy to those that there are.
  const replaces = !isOpen || REPLACING.test(event.eventName ?? '');
  return {
    ...(isOpen && accessOf(summary)),
    text: summary.text,
    begins,
    ...(replaces && { ends, removes }),
  };
}

function policyDeleted(
  call: NamedCall,
  parameters: CallParameters,
  { eventSource }: ChangeEvent,
): readonly string[] {
  if (!call.noun.includes('policy')) return [];
  const holder = policyHolder(call, parameters, eventSource);
  if (holder === undefined || !isAboutPolicy(call, holder)) return [];
  return [placedPolicy(holder.key, holder.policy).part];
}

/** What several policies of one call come to. */
function together(summaries: readonly PolicySummary[]): PolicySummary {
  const letting = summaries.find(({ outsiders }) => outsiders === 'some');
  const unknown = summaries.find(({ outsiders }) => outsiders === 'unknown');
  return {
    text: (letting ?? summaries.find(({ isReadable }) => isReadable))?.text ?? '',
    toEveryone: summaries.some(({ toEveryone }) => toEveryone),
    toMuch: summaries.some(({ toMuch }) => toMuch),
    grantees: [...new Set(summaries.flatMap(({ grantees }) => grantees))],
    toFederated: summaries.some(({ toFederated }) => toFederated),
    isVague: summaries.some(({ isVague }) => isVague),
    outsiders: (letting ?? unknown)?.outsiders ?? 'none',
    isReadable: summaries.every(({ isReadable }) => isReadable),
    rights: null,
    mayGiveAll: false,
    onlyDenies: false,
  };
}

function policiesIn(request: Json): readonly Json[] {
  const found: Json[] = [];
  const queue: { readonly value: Json; readonly depth: number }[] = [{ value: request, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next++) {
    const { value, depth } = queue[next] ?? { value: null, depth: 0 };
    if (found.length === MOST_POLICIES) break;
    if (isPolicy(value)) found.push(value);
    else if (typeof value === 'object' && value !== null && depth < DEEPEST)
      for (const inner of Object.values(value).slice(0, MOST_VALUES) as readonly Json[])
        queue.push({ value: inner, depth: depth + 1 });
  }
  return found;
}

/** Whether a parameter is a policy, or is in one that is an object. */
export function isOfPolicy({ path, values }: Parameter): boolean {
  return (
    values.some(isPolicyText) ||
    /(?:^|\.)Statement(?:\.|$)|(?:^|\.)policy\.(?:Version|Id)$/i.test(path)
  );
}

function isPolicyText(text: string): boolean {
  return /^\s*(?:"|\{|%7B)[^]*statement/i.test(text);
}

function isPolicy(value: Json): boolean {
  if (typeof value === 'string') return isPolicyText(value);
  return isObject(value) && Object.keys(value).some((name) => name.toLowerCase() === 'statement');
}
