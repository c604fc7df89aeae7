/** Whether a call without a describer lets everyone in by a list of addresses: the services name these lists in their own ways. */
import type { ChangeEvent } from '../change.js';
import { exposureTo } from '../request/address.js';
import type { Parameter } from './parameters.js';
import { keyOf, type Public } from './public.js';
import type { CallParameters } from './thing.js';
import type { NamedCall } from './words.js';

/** Finds some of the values that a request has. */
export type ValuesIn = (request: readonly Parameter[]) => readonly string[];

interface Lists {
  /** The only call that has them; undefined where no other has parameters of these names. */
  readonly call?: string;
  /** The ranges that the call lets in. */
  readonly allowed: ValuesIn;
  /** Those that it no longer lets in. */
  readonly taken?: ValuesIn;
  /** Whether the call only adds to what was allowed before. */
  readonly onlyAdds?: boolean;
}

const ANYWHERE = ['0.0.0.0/0'];

/**
 * By the source of the events. Sources: the references of the APIs (`IpRule` of WorkSpaces Secure Browser, `WhitelistRules` of MediaLive,
 * `whitelistCidr`, `cidrAllowList` and `allowRules` of MediaConnect, `whitelist` of MediaPackage, `IpPermission` of GameLift,
 * `SourceIpConfig` of SageMaker, `CidrAllowedList` of Chime, `PutAccessControlRule` of WorkMail, `UpdateIpRestriction` of QuickSight,
 * `UpdateWorkspace` of Managed Grafana).
 */
const LISTS: Readonly<Record<string, Lists>> = {
  'chime.amazonaws.com': { allowed: valuesAt(/^termination\.cidrAllowedList$/i) },
  'gamelift.amazonaws.com': {
    allowed: valuesAt(
      /^(?:ec2InboundPermissions|(?:instance)?inboundPermissionAuthorizations|instanceInboundPermissions)\.ipRange$/i,
    ),
    taken: valuesAt(/^(?:instance)?inboundPermissionRevocations\.ipRange$/i),
    onlyAdds: true,
  },
  'grafana.amazonaws.com': {
    // What is reached through prefix lists and endpoints is no range.
    allowed: (request) => [
      ...valuesAt(/^networkAccessControl\./)(request),
      ...(isSaid(request, 'removeNetworkAccessConfiguration', 'true') ? ANYWHERE : []),
    ],
  },
  'mediaconnect.amazonaws.com': {
    allowed: valuesAt(/(?:^|\.)(?:whitelistCidr|cidrAllowList|public\.allowRules\.cidr)$/i),
    onlyAdds: true,
  },
  'medialive.amazonaws.com': { allowed: valuesAt(/^whitelistRules\.cidr$/i) },
  'mediapackage.amazonaws.com': { allowed: valuesAt(/^whitelist$/i) },
  'quicksight.amazonaws.com': {
    call: 'UpdateIpRestriction',
    allowed: (request) =>
      isSaid(request, 'enabled', 'false')
        ? ANYWHERE
        : request.flatMap(({ path }) => /^ipRestrictionRuleMap\.(.+)$/i.exec(path)?.[1] ?? []),
  },
  'sagemaker.amazonaws.com': { allowed: valuesAt(/^sourceIpConfig\.cidrs$/i) },
  'workmail.amazonaws.com': {
    allowed: (request) =>
      isSaid(request, 'effect', 'ALLOW') ? valuesAt(/^ipRanges$/i)(request) : [],
  },
  'workspaces-web.amazonaws.com': { allowed: valuesAt(/^ipRules\.ipRange$/i) },
};

/** Nothing where the call has no such list. */
export function letIn(
  { eventSource, eventName }: Pick<ChangeEvent, 'eventSource' | 'eventName'>,
  call: NamedCall,
  parameters: CallParameters,
): Public {
  const own = eventSource ?? '';
  const lists = Object.hasOwn(LISTS, own) ? LISTS[own] : undefined;
  const isOther = lists?.call !== undefined && lists.call !== eventName;
  if (lists === undefined || isOther || call.verb === 'read' || call.verb === 'delete') return {};
  const allowed = lists.allowed(parameters.request);
  const taken = exposureTo(lists.taken?.(parameters.request) ?? []);
  const exposure = exposureTo(allowed);
  const key = keyOf(call, parameters) ?? settingOf(call, parameters);
  const open = (peer: string) =>
    key === undefined ? [] : [{ resource: key, what: `open to ${peer}` }];
  if (exposure !== null) return { exposure, begins: open(exposure.peer) };
  if (taken !== null) return { ends: open(taken.peer) };
  const isClosed = allowed.length > 0 && lists.onlyAdds !== true && call.verb !== 'create';
  return isClosed ? { ends: [...open('everyone'), ...open('much of the internet')] } : {};
}

/** Where nothing has a name, it is a setting of the account. */
function settingOf({ noun }: NamedCall, { own }: CallParameters): string | undefined {
  return own === null || noun === '' ? undefined : `${noun} of account ${own}`;
}

export function valuesAt(path: RegExp): ValuesIn {
  return (request) => request.flatMap((one) => (path.test(one.path) ? one.values : []));
}

export function isSaid(request: readonly Parameter[], path: string, value: string): boolean {
  return request.some(
    (one) =>
      one.path === path && one.values.some((text) => text.toLowerCase() === value.toLowerCase()),
  );
}
