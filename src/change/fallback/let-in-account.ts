/**
 * Whether a call without a describer lets in other accounts, by naming them rather than by a policy: the services name whom they let in,
 * and what they open, in their own ways.
 */
import type { ChangeEvent, Description, State } from '../change.js';
import { accountsIn } from '../request/account.js';
import { memberOf } from '../request/request.js';
import { isSaid, valuesAt, type ValuesIn } from './let-in.js';
import type { Parameter } from './parameters.js';
import type { CallParameters } from './thing.js';

interface Opening {
  /** The calls that let in. */
  readonly opens: readonly string[];
  /** Those that no longer do, and those that delete what only lets in. Other deletions end all states of the thing by its key. */
  readonly closes: readonly string[];
  /** What is opened, by the word and the parameter by which other calls know it. */
  readonly thing: readonly [word: string, id: RegExp];
  /** Accounts, or ARNs with their accounts, that are let in, and those that a call that opens takes away. */
  readonly allowed: ValuesIn;
  readonly taken?: ValuesIn;
  /** The member of the request with all accounts that are let in from now on: the call replaces the earlier ones. */
  readonly whole?: string;
}

/** By the source of the events. Sources: the references of the APIs. */
const OPENINGS: Readonly<Record<string, readonly Opening[]>> = {
  'dataexchange.amazonaws.com': [
    {
      opens: ['CreateDataGrant'],
      closes: ['DeleteDataGrant'],
      thing: ['data grant', /^(?:dataGrant)?id$/i],
      allowed: valuesAt(/^receiverPrincipal$/i),
    },
  ],
  'ds.amazonaws.com': [
    {
      opens: ['ShareDirectory'],
      closes: ['UnshareDirectory'],
      thing: ['directory', /^directoryId$/i],
      allowed: valuesAt(/^(?:un)?shareTarget\.id$/i),
    },
  ],
  'ec2.amazonaws.com': [
    {
      opens: ['CreateNetworkInterfacePermission'],
      closes: ['DeleteNetworkInterfacePermission'],
      thing: ['network interface permission', /(?:^|\.)networkInterfacePermissionId$/i],
      allowed: valuesAt(/^awsAccountId$/i),
    },
  ],
  'es.amazonaws.com': [
    {
      opens: ['AuthorizeVpcEndpointAccess'],
      closes: ['RevokeVpcEndpointAccess'],
      thing: ['domain', /^domainName$/i],
      allowed: valuesAt(/^account$/i),
    },
  ],
  'globalaccelerator.amazonaws.com': [
    {
      opens: ['CreateCrossAccountAttachment', 'UpdateCrossAccountAttachment'],
      closes: ['DeleteCrossAccountAttachment'],
      thing: ['cross account attachment', /(?:^|\.)attachmentArn$/i],
      allowed: valuesAt(/^(?:addP|p)rincipals$/i),
      taken: valuesAt(/^removePrincipals$/i),
    },
  ],
  'lightsail.amazonaws.com': [
    {
      opens: ['UpdateBucket'],
      closes: [],
      thing: ['bucket', /^bucketName$/i],
      allowed: valuesAt(/^readonlyAccessAccounts$/i),
      whole: 'readonlyAccessAccounts',
    },
  ],
  'logs.amazonaws.com': [
    {
      opens: ['CreateDelivery'],
      closes: ['DeleteDelivery'],
      thing: ['delivery', /^(?:delivery\.)?id$/i],
      allowed: valuesAt(/^deliveryDestinationArn$/i),
    },
  ],
  'mediaconnect.amazonaws.com': [
    {
      opens: ['GrantFlowEntitlements'],
      closes: ['RevokeFlowEntitlement'],
      thing: ['flow entitlement', /(?:^|\.)entitlementArn$/i],
      allowed: valuesAt(/^entitlements\.subscribers$/i),
    },
  ],
  // What is observed here is read there.
  'oam.amazonaws.com': [
    {
      opens: ['CreateLink'],
      closes: ['DeleteLink'],
      thing: ['link', /^(?:arn|identifier)$/i],
      allowed: valuesAt(/^sinkIdentifier$/i),
    },
  ],
  's3.amazonaws.com': [
    {
      opens: ['CreateAccessGrant'],
      closes: ['DeleteAccessGrant'],
      thing: ['access grant', /(?:^|\.)accessGrantId$/i],
      allowed: valuesAt(/(?:^|\.)grantee\.granteeIdentifier$/i),
    },
  ],
  'securitylake.amazonaws.com': [
    {
      opens: ['CreateSubscriber', 'UpdateSubscriber'],
      closes: ['DeleteSubscriber'],
      thing: ['subscriber', /^(?:subscriber\.)?subscriberId$/i],
      allowed: valuesAt(/^subscriberIdentity\.principal$/i),
      whole: 'subscriberIdentity',
    },
  ],
  'workspaces.amazonaws.com': [
    {
      opens: ['UpdateConnectionAliasPermission'],
      closes: [],
      thing: ['connection alias', /^aliasId$/i],
      allowed: (request) => (isAliasShared(request) ? aliasSharedWith(request) : []),
      taken: (request) => (isAliasShared(request) ? [] : aliasSharedWith(request)),
    },
  ],
};

type AccountsLetIn = Pick<Description, 'grantees' | 'begins' | 'ends' | 'removes'>;

/** Nothing where the call names no account of its own kind. */
export function letInAccounts(
  event: ChangeEvent,
  { request, made, own }: CallParameters,
): AccountsLetIn {
  const { eventSource, eventName } = event;
  const name = eventName ?? '';
  const source = eventSource ?? '';
  const openings = Object.hasOwn(OPENINGS, source) ? OPENINGS[source] : undefined;
  const opening = openings?.find(
    ({ opens, closes }) => opens.includes(name) || closes.includes(name),
  );
  if (opening === undefined) return {};
  const { thing, allowed, taken, whole, opens } = opening;
  const key = keyOf(thing, [...request, ...made]);
  const part = `accounts let in by ${key ?? ''}`;
  const states = (texts: readonly string[]): readonly State[] =>
    key === undefined
      ? []
      : accountsIn(texts, own).map((account) => ({
          resource: key,
          what: `open to account ${account}`,
          ...(whole !== undefined && { part }),
        }));
  const peers = allowed(request);
  if (!opens.includes(name)) {
    if (peers.length > 0) return { ends: states(peers) };
    return key === undefined ? {} : { removes: [key] };
  }
  const replaces = whole !== undefined && memberOf(event.requestParameters, whole) !== undefined;
  return {
    grantees: accountsIn(peers, own),
    begins: states(peers),
    ends: states(taken?.(request) ?? []),
    removes: replaces && key !== undefined ? [part] : [],
  };
}

/** Undefined where it is not named, or several are. */
function keyOf([word, id]: Opening['thing'], parameters: readonly Parameter[]): string | undefined {
  const values = new Set(parameters.flatMap((one) => (id.test(one.path) ? one.values : [])));
  const [value] = values;
  return values.size === 1 && value !== undefined ? `${word} ${value}` : undefined;
}

function isAliasShared(request: readonly Parameter[]): boolean {
  return !isSaid(request, 'connectionAliasPermission.allowAssociation', 'false');
}

function aliasSharedWith(request: readonly Parameter[]): readonly string[] {
  return valuesAt(/^connectionAliasPermission\.sharedAccountId$/i)(request);
}
