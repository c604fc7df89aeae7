/** The permissions in requests and responses about security groups: which traffic, from or to whom. */
import { isObject, type Json } from '../../../../../cloudtrail/json.js';
import { accountOf } from '../../../../request/account.js';
import { canonicalRange } from '../../../../request/address.js';
import { protocolName } from '../protocol.js';
import { field, list, text, texts } from '../../../../request/ec2-shape.js';

export type Direction = 'ingress' | 'egress';

export interface Permission {
  /** `tcp 22`, `all traffic`. Equal for equal traffic, however the request says it. */
  readonly traffic: string;
  readonly peers: readonly Peer[];
  /** The ID of the rule that is this permission, where the event has it. */
  readonly ruleId?: string | undefined;
}

export interface Peer {
  readonly kind: 'range' | 'prefix list' | 'group';
  /** A range as AWS keeps it, else an ID or a name. */
  readonly id: string;
  /** The account of a group, if the event has it. */
  readonly account: string | null;
  readonly description: string | null;
}

const OWN_RANGES = ['cidrIp', 'cidrIpv4', 'cidrIpv6'];
const OWN_GROUPS = ['referencedGroupId', 'sourceSecurityGroupId', 'sourceSecurityGroupName'];

/** All permissions of a call: those of its list, and the one in its own members. A call may have both. */
export function permissionsIn(request: Json): readonly Permission[] {
  const own = text(request, ...OWN_RANGES, ...OWN_GROUPS, 'ipProtocol');
  return [
    ...list(request, 'ipPermissions')
      .filter(isObject)
      .map((one) => ({ traffic: trafficOf(one), peers: [...listedPeers(one), ...ownPeers(one)] })),
    ...(own === undefined ? [] : [{ traffic: trafficOf(request), peers: ownPeers(request) }]),
  ];
}

/** The permissions in a response, and in `ModifySecurityGroupRules`: each has an ID, and one peer in its own members. */
export function rulesIn(rules: readonly Json[]): readonly Permission[] {
  return rules.map((item) => {
    const rule = field(item, 'securityGroupRule') ?? item;
    const ruleId = text(item, 'securityGroupRuleId');
    return { traffic: trafficOf(rule), peers: ownPeers(rule), ruleId };
  });
}

/** Whether an item of `ModifySecurityGroupRules` says what the rule lets through. */
export function saysTraffic(item: Json): boolean {
  const rule = field(item, 'securityGroupRule') ?? item;
  return text(rule, 'ipProtocol', 'fromPort', 'toPort') !== undefined || ownPeers(rule).length > 0;
}

/** The permissions that a call asked to revoke and that the group did not have. */
export function unknownPermissions(response: Json): readonly Permission[] {
  const ipPermissions = field(response, 'unknownIpPermissionSet');
  return ipPermissions === undefined ? [] : permissionsIn({ ipPermissions });
}

/** One text for each traffic and peer; of a permission without a peer, its traffic. */
export function permissionKeys(permissions: readonly Permission[]): readonly string[] {
  return permissions.flatMap(({ traffic, peers }) =>
    peers.length === 0 ? [traffic] : peers.map(({ id }) => `${traffic} ${id}`),
  );
}

/** The permissions without those peers, and without those that have no other peer. */
export function permissionsWithout(
  permissions: readonly Permission[],
  unknown: readonly Permission[],
): readonly Permission[] {
  const keys = new Set(permissionKeys(unknown));
  return permissions.flatMap((permission) => {
    const { traffic, peers } = permission;
    const kept = peers.filter(({ id }) => !keys.has(`${traffic} ${id}`));
    return kept.length > 0 || (peers.length === 0 && !keys.has(traffic))
      ? [{ ...permission, peers: kept }]
      : [];
  });
}

function listedPeers(permission: Json): readonly Peer[] {
  const listed = (kind: Peer['kind'], lists: readonly string[], ids: readonly string[]) =>
    lists.flatMap((name) =>
      list(permission, name).flatMap((item) => peersOf(kind, texts([item], ...ids)[0], item)),
    );
  return [
    ...listed('range', ['ipRanges', 'ipv6Ranges'], OWN_RANGES),
    ...listed('prefix list', ['prefixListIds'], ['prefixListId']),
    ...listed('group', ['groups', 'userIdGroupPairs'], ['groupId', 'groupName']),
  ];
}

function ownPeers(permission: Json): readonly Peer[] {
  const group = text(permission, ...OWN_GROUPS) ?? text(referenced(permission), 'groupId');
  return [
    ...OWN_RANGES.flatMap((name) => peersOf('range', text(permission, name), permission)),
    ...peersOf('prefix list', text(permission, 'prefixListId'), permission),
    ...peersOf('group', group, permission),
  ];
}

function peersOf(kind: Peer['kind'], id: string | undefined, item: Json): readonly Peer[] {
  if (id === undefined) return [];
  const owner =
    text(item, 'userId', 'sourceSecurityGroupOwnerId') ?? text(referenced(item), 'userId');
  return [
    {
      kind,
      id: kind === 'range' ? canonicalRange(id) : id,
      account: kind === 'group' ? (accountOf(owner) ?? owner ?? null) : null,
      description: text(item, 'description') ?? null,
    },
  ];
}

function referenced(permission: Json): Json | undefined {
  return field(permission, 'referencedGroupInfo');
}

function trafficOf(permission: Json): string {
  const given = text(permission, 'ipProtocol');
  const protocol = protocolName(given);
  const from = text(permission, 'fromPort');
  const to = text(permission, 'toPort');
  if (given !== undefined && protocol === undefined) return 'all traffic';
  if (from === undefined || from === '-1') return protocol ?? 'all traffic';
  // For ICMP, EC2 puts the type into fromPort and the code into toPort.
  if (protocol?.startsWith('icmp') === true)
    return `${protocol} type ${from}${to === undefined || to === '-1' ? '' : ` code ${to}`}`;
  return `${protocol ?? 'port'} ${to === undefined || to === from ? from : `${from}-${to}`}`;
}
