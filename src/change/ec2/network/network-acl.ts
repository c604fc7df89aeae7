/** Entries of network ACLs: what a subnet lets in and out. */
import { isEveryone } from '../../address.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describe.js';
import { phrase } from '../../sentence.js';
import { resource, shortId } from '../details.js';
import { field, flag, requestOf, text } from '../shape.js';

/** Numbers of the protocols that have names. */
const protocols = new Map(Object.entries({ 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' }));

export const networkAcls: Describers = {
  CreateNetworkAclEntry: (event) => describeEntry(event, 'begins'),
  ReplaceNetworkAclEntry: (event) => describeEntry(event, null),
  DeleteNetworkAclEntry: describeDeletion,
  ReplaceNetworkAclAssociation: describeAssociation,
};

function describeEntry(event: ChangeEvent, effect: 'begins' | null): Description | undefined {
  const request = requestOf(event);
  const acl = text(request, 'networkAclId');
  const action = text(request, 'ruleAction');
  if (acl === undefined || (action !== 'allow' && action !== 'deny')) return undefined;
  const egress = flag(request, 'egress') === true;
  const range = text(request, 'cidrBlock', 'ipv6CidrBlock');
  const everyone = range !== undefined && isEveryone(range);
  const peer = everyone ? `everyone (${shortId(range)})` : range && shortId(range);
  const rule = ruleText(event);
  return {
    verb: action === 'allow' ? 'allow' : 'block',
    object: phrase(
      trafficText(event),
      peer && `${egress ? 'to' : 'from'} ${peer}`,
      `in ${shortId(acl)}`,
      `(${rule}${effect === null ? ', replaced' : ''})`,
    ),
    resources: [resource('network ACL', acl)],
    exposure:
      everyone && action === 'allow'
        ? { peer: 'everyone', direction: egress ? 'egress' : 'ingress' }
        : null,
    ...(effect === 'begins' && { begins: [{ resource: acl, what: rule }] }),
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const acl = text(requestOf(event), 'networkAclId');
  if (acl === undefined) return undefined;
  const rule = ruleText(event);
  return {
    verb: 'delete',
    object: `${rule} of ${shortId(acl)}`,
    resources: [resource('network ACL', acl)],
    ends: [{ resource: acl, what: rule }],
  };
}

function describeAssociation(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const acl = text(request, 'networkAclId');
  const association = text(request, 'associationId');
  if (acl === undefined || association === undefined) return undefined;
  return {
    verb: 'replace',
    object: `the network ACL of association ${shortId(association)} by ${shortId(acl)}`,
    resources: [resource('network ACL', acl)],
  };
}

/** `inbound rule 100`. */
function ruleText(event: ChangeEvent): string {
  const request = requestOf(event);
  const direction = flag(request, 'egress') === true ? 'outbound' : 'inbound';
  return phrase(direction, 'rule', shortId(text(request, 'ruleNumber') ?? ''));
}

function trafficText(event: ChangeEvent): string {
  const request = requestOf(event);
  const given = text(request, 'aclProtocol', 'protocol');
  const protocol = protocols.get(given ?? '') ?? given;
  if (protocol === undefined || protocol === '-1') return 'all traffic';
  const ports = field(request, 'portRange');
  const from = text(ports, 'from');
  const to = text(ports, 'to');
  const range = from === to || to === undefined ? from : `${from}-${to}`;
  return phrase(shortId(protocol), range && shortId(range));
}
