/**
 * The policy that a call without a describer sets or deletes: of which thing it is, and which of its policies. The key of the thing
 * is the one that its deletion has. A key that two things share would end the state of one with the other, so all that names
 * something is in it. Where nothing names the thing, nobody can say when the state ends, so there is none.
 */
import { keyByArn } from '../request/arn-kind.js';
import { NAMING, type Parameter } from './parameters.js';
import { keysOf, NO_PARENT, otherKeysOf, type CallParameters } from './thing.js';
import { wordsOf, type NamedCall } from './words.js';

/** The words of a call that say that it is about the policy of a thing: `access policy` of `vault access policy`. */
const POLICY_WORDS = /(?:^| )(?:(?:access|auth|based|permissions?|resource) )*polic(?:y|ies)\b/;
/** Names of a policy or of a statement in it. */
const POLICY_NAME = /(?:policy|statement)(?:id|name|identifier)$|^(?:label|sid)$/i;
/** A version of a thing may have a policy of its own. */
const VERSION = /^(?!policy|expected)\w*version(?:id|name|number)?$|^qualifier$/i;
/** What changes with each change of a policy, and what a thing uses. */
const NO_NAME =
  /revision|hash|token|^expected|^policyversion|role(?:arn|name)?$|^kms|key(?:arn|id)$/i;

/** What has one policy in an account and region, which the call need not name, by the source of the events. */
const OF_ACCOUNT: Readonly<Record<string, string>> = { 'glue.amazonaws.com': 'Glue catalog' };

export interface PolicyHolder {
  readonly key: string;
  /** Its name, where the thing may have several. */
  readonly policy: string | undefined;
}

/** Undefined where the request does not tell one thing from others; then no state is begun that nothing could end. */
export function policyHolder(
  call: NamedCall,
  parameters: CallParameters,
  eventSource: string | null,
): PolicyHolder | undefined {
  const { request, made, own } = parameters;
  const policyName = valueOf([...request, ...made], POLICY_NAME);
  const version = valueOf(request, VERSION);
  const policy =
    policyName === undefined || version === undefined
      ? (policyName ?? version)
      : `${policyName} of ${version}`;
  const given = request.filter(
    (one) => ![POLICY_NAME, VERSION, NO_NAME].some((no) => no.test(one.name)),
  );
  const isWithinAll = call.verb !== 'create';
  const key = thingKey(call, { ...parameters, request: given, isWithinAll });
  if (key !== undefined) return { key, policy };
  // The policy may be one of the account.
  const isAlone = given.every(({ name }) => /polic/i.test(name) || isOfAccount(name));
  if (!call.noun.endsWith(' policy')) return undefined;
  if (policy !== undefined)
    return isAlone ? { key: `${call.noun} ${policy}`, policy: undefined } : undefined;
  const source = eventSource ?? '';
  const holder = Object.hasOwn(OF_ACCOUNT, source) ? OF_ACCOUNT[source] : undefined;
  if (holder === undefined || own === null) return undefined;
  return { key: `${holder} of account ${own}`, policy: undefined };
}

/** Whether the policy that a call names says who may use the thing. A thing may have policies of other kinds too. */
export function isAboutPolicy({ noun }: NamedCall, holder: PolicyHolder): boolean {
  const thing = thingIn(noun);
  return thing !== noun && (thing === '' || holder.key.startsWith(`${thing} `));
}

function thingIn(noun: string): string {
  return noun.replace(POLICY_WORDS, '').trim();
}

/** The key of the thing that a call sets up, as its deletion has it. */
export function thingKey(
  call: NamedCall,
  parameters: CallParameters & { readonly isWithinAll: boolean },
): string | undefined {
  return ownKey(call, parameters) ?? namedKey(parameters);
}

/** By what the name of the call says: `vault` of `SetVaultAccessPolicy`. */
function ownKey(
  { verb, noun }: NamedCall,
  parameters: CallParameters & { readonly isWithinAll: boolean },
): string | undefined {
  const name = thingIn(noun);
  if (name === '') return undefined;
  const call = { noun: name, thing: name.replaceAll(' ', '').toLowerCase() };
  const made = verb === 'create' ? parameters.made : [];
  const [key] = keysOf(call, { ...parameters, made });
  return key ?? otherKeysOf(call, parameters)[0];
}

/** By what the request names: `registry` of `registryName`, within all else that it names. */
function namedKey({ request, own }: CallParameters): string | undefined {
  const [first, ...others] = request.filter(
    ({ path, name, values }) =>
      path === name && values.length === 1 && NAMING.test(name) && !isOfAccount(name),
  );
  const [value] = first?.values ?? [];
  if (first === undefined || value === undefined) return undefined;
  const words = wordsOf(first.name.replace(/(?:id|arn|name|identifier)$/i, '')).join(' ');
  if (words === '') return undefined;
  const parents = others.flatMap(({ values }) => values).toSorted();
  if (words === 'resource' && parents.length === 0) return keyByArn(value, own);
  return `${words} ${[value, ...parents].join(' of ')}`;
}

function valueOf(parameters: readonly Parameter[], form: RegExp): string | undefined {
  return parameters.find(
    ({ path, name, values }) => path === name && values.length === 1 && form.test(name),
  )?.values[0];
}

function isOfAccount(name: string): boolean {
  return NO_PARENT.test(name.toLowerCase());
}
