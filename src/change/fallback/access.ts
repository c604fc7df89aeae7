/**
 * Whom a call without a describer lets in. New services come with calls of their own, but the policy of a resource looks the same
 * everywhere: a JSON document with statements and principals, as text or as an object, in any parameter.
 */
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../change.js';
import { accessOf, OPEN } from '../policy/resource.js';
import { summarisePolicy, type PolicySummary } from '../policy/summary.js';
import { NAMING } from './existence.js';
import type { Parameter } from './parameters.js';
import { wordsOf, type NamedCall } from './words.js';

/** Calls that ask what a policy would allow. */
const ASKING = /^(?:check|evaluate|generate|preview|simulate|test|validate)|preview/i;
// The sender decides how large a request is and how deeply it is nested, so both are limited here.
const DEEPEST = 8;
const MOST_VALUES = 1000;
const MOST_POLICIES = 20;

type Access = Pick<Description, 'exposure' | 'grantees' | 'begins' | 'ends'> & {
  /** What the policies allow, where they let in others. */
  readonly text: string;
};

export function accessGiven(
  event: ChangeEvent,
  { verb, noun }: NamedCall,
  parameters: readonly Parameter[],
): Access {
  const open = openState(parameters);
  if (verb === 'delete') return { text: '', ends: noun.endsWith('policy') ? open : [] };
  if (verb === 'read' || ASKING.test(event.eventName ?? '')) return { text: '' };
  const own = event.recipientAccountId;
  const summaries = policiesIn(event.requestParameters).map((policy) =>
    summarisePolicy(policy, { own }),
  );
  const letting = summaries.filter(({ outsiders }) => outsiders === 'some');
  if (letting.length > 0)
    return { ...accessOf(together(letting)), begins: open, text: letting[0]?.text ?? '' };
  const isClosed = summaries.length > 0 && summaries.every(({ outsiders }) => outsiders === 'none');
  return { text: '', ends: isClosed ? open : [] };
}

function together(
  summaries: readonly PolicySummary[],
): Pick<PolicySummary, 'toEveryone' | 'grantees'> {
  return {
    toEveryone: summaries.some(({ toEveryone }) => toEveryone),
    grantees: [...new Set(summaries.flatMap(({ grantees }) => grantees))],
  };
}

/** The resource is the one that the request names first. Its key is what a deletion has too: `table bucket arn:…` of `tableBucketARN`. */
function openState(parameters: readonly Parameter[]): readonly State[] {
  const named = parameters.find(
    ({ path, name, values }) => path === name && values.length === 1 && NAMING.test(name),
  );
  const [value] = named?.values ?? [];
  if (named === undefined || value === undefined) return [];
  const words = wordsOf(named.name.replace(/(?:id|arn|name|identifier)$/i, ''));
  return [{ resource: [...words, value].join(' '), what: OPEN }];
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

function isPolicy(value: Json): boolean {
  if (typeof value === 'string') return /^\s*(?:"|\{|%7B)[^]*statement/i.test(value);
  return isObject(value) && Object.keys(value).some((name) => name.toLowerCase() === 'statement');
}
