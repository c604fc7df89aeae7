/**
 * The account that an event happened in. Old records, and those of some exports, have no `recipientAccountId`. Without it a
 * policy for the own account looks like one for a foreign account.
 */
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { ChangeEvent } from '../change.js';
import { accountOf } from './account.js';
import { itemsOf, textMember, textOf } from './request.js';

type Owned = Pick<
  ChangeEvent,
  | 'eventSource'
  | 'recipientAccountId'
  | 'userIdentity'
  | 'requestParameters'
  | 'responseElements'
  | 'resources'
>;

/** Their `accountId` is not the account of what they call: another account calls, or AWS for itself. */
const FROM_ELSEWHERE: ReadonlySet<string> = new Set(['AWSAccount', 'AWSService']);

/**
 * The account of the record, of the caller, or of the own resource that the event names by its ARN. Undefined if nothing says it,
 * or if the caller and what is called are of different accounts.
 */
export function ownAccountOf(event: Owned): string | undefined {
  const recorded = textOf(event.recipientAccountId ?? undefined);
  if (recorded !== undefined) return recorded;
  const caller = accountOfCaller(event.userIdentity);
  const called = accountsOfCalled(event);
  if (caller !== undefined)
    return called.every((account) => account === caller) ? caller : undefined;
  return (
    onlyOne(itemsOf(event.resources).flatMap((item) => textMember(item, 'accountId') ?? [])) ??
    onlyOne(arnsIn(event.responseElements, 2).map(({ account }) => account)) ??
    onlyOne(called)
  );
}

/** An event also names roles, keys and sources of other accounts: only what the called service has is its own. */
function accountsOfCalled({ eventSource, requestParameters, resources }: Owned): readonly string[] {
  return [requestParameters, ...itemsOf(resources)]
    .flatMap((value) => arnsIn(value, 1))
    .flatMap(({ service, account }) => (eventSource === `${service}.amazonaws.com` ? account : []));
}

function accountOfCaller(identity: Json): string | undefined {
  if (FROM_ELSEWHERE.has(textMember(identity, 'type') ?? '')) return undefined;
  return (
    accountOf(textMember(identity, 'accountId')) ??
    arnOf(textMember(identity, 'arn') ?? '')?.account
  );
}

/** Resources of two accounts do not say which is the own one. */
function onlyOne(accounts: readonly string[]): string | undefined {
  const [account, another] = new Set(accounts);
  return another === undefined ? account : undefined;
}

interface Arn {
  readonly service: string;
  readonly account: string;
}

function arnOf(text: string): Arn | undefined {
  const [, service, account] = /^arn:[^:]*:([^:]*):[^:]*:([0-9]{12}):/.exec(text) ?? [];
  return service === undefined || account === undefined ? undefined : { service, account };
}

/** The ARNs that are members of an object, and of its members to this depth. */
function arnsIn(value: Json, depth: number): readonly Arn[] {
  if (!isObject(value) || depth === 0) return [];
  return Object.values(value).flatMap((member: Json) =>
    typeof member === 'string' ? (arnOf(member) ?? []) : arnsIn(member, depth - 1),
  );
}
