/** Changes of EC2 security groups: which traffic was let in or out, from or to whom. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../change.js';
import type { Describers } from '../describe.js';
import { isEveryone } from '../everyone.js';
import { itemsOf, memberOf, textMember, textOf } from '../request.js';
import { listed, shortened } from '../sentence.js';
import type { Verb } from '../verb.js';

const LONGEST_PART = 64;
/** Numbers that EC2 accepts for the protocols that it has names for. */
const protocols = new Map(Object.entries({ 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' }));

export const securityGroups: Describers = {
  AuthorizeSecurityGroupIngress: permissionsChange('open', 'ingress'),
  AuthorizeSecurityGroupEgress: permissionsChange('open', 'egress'),
  RevokeSecurityGroupIngress: permissionsChange('close', 'ingress'),
  RevokeSecurityGroupEgress: permissionsChange('close', 'egress'),
  CreateSecurityGroup: describeCreation,
};

function permissionsChange(verb: Verb, direction: 'ingress' | 'egress') {
  return ({ requestParameters: request }: ChangeEvent): Description | undefined => {
    const permissions = permissionsOf(request);
    if (permissions.length === 0) return undefined;
    const group = textMember(request, 'groupId') ?? textMember(request, 'groupName');
    // A long list must not hide the permission that is open to everyone.
    const parts = permissions
      .map((permission) => describePermission(permission, direction))
      .toSorted((a, b) => Number(b.toEveryone) - Number(a.toEveryone));
    const text = listed(
      parts.map((part) => part.text),
      '; ',
    );
    const opens = verb === 'open' && parts.some((part) => part.toEveryone);
    return {
      verb,
      object: group === undefined ? text : `${text} on ${shortened(group)}`,
      exposure: opens ? { peer: 'everyone', direction } : null,
    };
  };
}

function describeCreation({
  requestParameters: request,
  responseElements,
}: ChangeEvent): Description | undefined {
  const id = textMember(responseElements, 'groupId');
  const name = textMember(request, 'groupName');
  const vpc = textMember(request, 'vpcId');
  if (id === undefined && name === undefined) return undefined;
  const label = [id, name === undefined ? undefined : `"${name}"`].filter(
    (part) => part !== undefined,
  );
  const object = `security group ${label.join(' ')}${vpc === undefined ? '' : ` in ${vpc}`}`;
  return { verb: 'create', object };
}

/** A call may have a list of permissions, one permission in its own members, or both. All are shown, so that none is hidden. */
function permissionsOf(request: Json): readonly Json[] {
  const permissions = itemsOf(memberOf(request, 'ipPermissions')).filter(isObject);
  const own = ['cidrIp', 'cidrIpv6', 'ipProtocol', 'sourceSecurityGroupName'];
  return own.some((name) => textMember(request, name) !== undefined)
    ? [...permissions, request]
    : permissions;
}

function describePermission(permission: Json, direction: 'ingress' | 'egress') {
  const ranges = [
    ...texts(permission, 'ipRanges', ['cidrIp']),
    ...texts(permission, 'ipv6Ranges', ['cidrIpv6']),
  ];
  const ownRanges = ['cidrIp', 'cidrIpv6'].flatMap((name) => textMember(permission, name) ?? []);
  const everyone = [...ranges, ...ownRanges].filter(isEveryone);
  // Only a range can contain every address: a prefix list or a group may be *named* 0.0.0.0/0.
  const peers = [
    ...everyone,
    ...ranges.filter((range) => !isEveryone(range)),
    ...texts(permission, 'prefixListIds', ['prefixListId']),
    ...texts(permission, 'groups', ['groupId', 'groupName']),
    ...ownRanges.filter((range) => !isEveryone(range)),
    ...[textMember(permission, 'sourceSecurityGroupName')].filter((name) => name !== undefined),
  ].map((peer) => shortened(peer, LONGEST_PART));
  const traffic = shortened(describeTraffic(permission), LONGEST_PART);
  const preposition = direction === 'egress' ? 'to' : 'from';
  return {
    text: peers.length === 0 ? traffic : `${traffic} ${preposition} ${listed(peers, ', ')}`,
    toEveryone: everyone.length > 0,
  };
}

function describeTraffic(permission: Json): string {
  const given = textMember(permission, 'ipProtocol');
  const protocol = protocols.get(given ?? '') ?? given;
  if (protocol === undefined || protocol === '-1') return 'all traffic';
  const from = textMember(permission, 'fromPort');
  const to = textMember(permission, 'toPort');
  if (from === undefined || from === '-1') return protocol;
  // For ICMP, EC2 puts the type into fromPort and the code into toPort.
  if (/icmp/i.test(protocol)) return `${protocol} type ${from}`;
  return to === undefined || to === from ? `${protocol} ${from}` : `${protocol} ${from}-${to}`;
}

/** For each item of a list: its text, or the first of the named members that the item has. */
function texts(value: Json, list: string, names: readonly string[]): readonly string[] {
  return itemsOf(memberOf(value, list)).flatMap(
    (item) => textOf(item) ?? names.flatMap((name) => textMember(item, name) ?? []).slice(0, 1),
  );
}
