/** Entries of network ACLs: what a subnet lets in and out. */
import { exposureTo, rangeState, rangeText } from '../../../../request/address.js';
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { resource, shortId } from '../details.js';
import { protocolName } from '../protocol.js';
import { field, flag, requestOf, text } from '../../../../request/ec2-shape.js';

export const networkAcls: Describers = {
  CreateNetworkAclEntry: (event) => describeEntry(event, 'new'),
  ReplaceNetworkAclEntry: (event) => describeEntry(event, 'replaced'),
  DeleteNetworkAclEntry: describeDeletion,
  ReplaceNetworkAclAssociation: describeAssociation,
};

function describeEntry(event: ChangeEvent, kind: 'new' | 'replaced'): Description | undefined {
  const request = requestOf(event);
  const acl = text(request, 'networkAclId');
  const action = text(request, 'ruleAction');
  if (acl === undefined || (action !== 'allow' && action !== 'deny')) return undefined;
  const egress = flag(request, 'egress') === true;
  const range = text(request, 'cidrBlock', 'ipv6CidrBlock');
  const peer = range && rangeText(range, shortId(range));
  const rule = ruleText(event);
  const word = egress ? 'to' : 'from';
  const traffic = trafficText(event);
  const part = partKey(acl, rule);
  const state = phrase(
    action === 'allow' ? 'allows' : 'blocks',
    traffic,
    range && `${word} ${rangeState(range, shortId(range))}`,
    `(${rule})`,
  );
  return {
    verb: action === 'allow' ? 'allow' : 'block',
    object: phrase(
      traffic,
      peer && `${word} ${peer}`,
      `in ${shortId(acl)}`,
      `(${rule}${kind === 'replaced' ? ', replaced' : ''})`,
    ),
    resources: [resource('network ACL', acl)],
    exposure:
      range !== undefined && action === 'allow'
        ? exposureTo([range], egress ? 'egress' : 'ingress')
        : null,
    begins: [{ resource: acl, what: state, part }],
    removes: kind === 'replaced' ? [part] : [],
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
    removes: [partKey(acl, rule)],
  };
}

/** A rule has no ID, and the call that deletes it does not say what it was. */
function partKey(acl: string, rule: string): string {
  return `${rule} of ${acl}`;
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
  const protocol = protocolName(text(request, 'aclProtocol', 'protocol'));
  if (protocol === undefined) return 'all traffic';
  const ports = field(request, 'portRange');
  const from = text(ports, 'from');
  const to = text(ports, 'to');
  const range = from === to || to === undefined ? from : `${from}-${to}`;
  return phrase(shortId(protocol), range && shortId(range));
}
