/** The permissions in requests and responses about security groups: which traffic, from or to whom. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import { accountOf } from '../../account.js';
import { canonicalRange } from '../../address.js';
import { field, list, text, texts } from '../shape.js';

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

/** Numbers that EC2 accepts for the protocols that it has names for. */
const protocols = new Map(Object.entries({ 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' }));

const OWN_RANGES = ['cidrIp', 'cidrIpv4', 'cidrIpv6'];
const OWN_GROUPS = ['referencedGroupId', 'sourceSecurityGroupId', 'sourceSecurityGroupName'];

/** A call may have a list of permissions, one permission in its own members, or both. All are read, so that none is hidden. */
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
  const given = text(permission, 'ipProtocol')?.toLowerCase();
  const protocol = protocols.get(given ?? '') ?? given;
  const from = text(permission, 'fromPort');
  const to = text(permission, 'toPort');
  if (protocol === '-1' || protocol === 'all') return 'all traffic';
  if (from === undefined || from === '-1') return protocol ?? 'all traffic';
  // For ICMP, EC2 puts the type into fromPort and the code into toPort.
  if (protocol?.startsWith('icmp') === true)
    return `${protocol} type ${from}${to === undefined || to === '-1' ? '' : ` code ${to}`}`;
  return `${protocol ?? 'port'} ${to === undefined || to === from ? from : `${from}-${to}`}`;
}
