/** The security group that a call is about, and who its permissions let in. */
import { isAccountId } from '../../../../../cloudtrail/account.js';
import type { Json } from '../../../../../cloudtrail/json.js';
import type { ChangedResource, ChangeEvent } from '../../../../change.js';
import { shortened } from '../../../../sentence.js';
import { nameKey } from '../details.js';
import { list, requestOf, responseOf, text, texts } from '../../../../request/ec2-shape.js';
import type { Direction, Permission } from './permission.js';

const LONGEST_ID = 64;
/** Rules that a finding names. */
const MOST_RULES = 100;

export interface Group {
  /** The ID; the name where the event has no ID. */
  readonly id: string;
  /** What its states name: a key pair may have the name of a group. */
  readonly key: string;
  /** `sg-1 "web" in vpc-1`. */
  readonly label: string;
  readonly resource: ChangedResource;
}

/** The ID may be in the response alone: of a new group, or where the call has the group's name. */
export function groupOf(event: ChangeEvent): Group | undefined {
  const request = requestOf(event);
  const response = responseOf(event);
  const name = text(request, 'groupName');
  const known =
    text(request, 'groupId') ?? text(response, 'groupId') ?? text(rulesOf(response)[0], 'groupId');
  const id = known ?? name;
  if (id === undefined) return undefined;
  const vpc = text(request, 'vpcId');
  const label = [
    ...(id === name ? [] : [shortened(id, LONGEST_ID)]),
    ...(name === undefined ? [] : [`"${shortened(name, LONGEST_ID)}"`]),
    ...(vpc === undefined ? [] : [`in ${shortened(vpc)}`]),
  ].join(' ');
  const key = known ?? nameKey('security group', id);
  return { id, key, label, resource: { type: 'security group', id, name: name ?? null } };
}

/** ` on sg-1 "web" in vpc-1`. */
export function suffix(word: 'on' | 'of', group: Group | undefined): string {
  return group === undefined ? '' : ` ${word} ${group.label}`;
}

/** The rules that a response lists: those made, and those revoked. */
export function rulesOf(response: Json): readonly Json[] {
  return list(response, 'securityGroupRuleSet', 'revokedSecurityGroupRuleSet');
}

/** The IDs of rules that a request names. */
export function ruleIdsOf(request: Json): readonly string[] {
  const rules = list(request, 'securityGroupRuleIds', 'securityGroupRuleId');
  return texts(rules, 'securityGroupRuleId').slice(0, MOST_RULES);
}

/** The group, and those of its rules that the call names by ID, the first ones of many. */
export function resourcesOf(
  group: Group | undefined,
  rules: readonly Partial<Permission>[],
): readonly ChangedResource[] {
  const ofRules = rules.flatMap(({ ruleId, peers }) =>
    ruleId === undefined
      ? []
      : [{ type: 'security group rule', id: ruleId, name: peers?.[0]?.description ?? null }],
  );
  return [...(group === undefined ? [] : [group.resource]), ...ofRules.slice(0, MOST_RULES)];
}

/** The other accounts whose groups are let in. */
export function granteesOf(
  permissions: readonly Permission[],
  direction: Direction,
): readonly string[] {
  if (direction === 'egress') return [];
  const accounts = permissions.flatMap(({ peers }) =>
    peers.flatMap(({ account }) => account ?? []),
  );
  return [...new Set(accounts)].filter(isAccountId);
}

/** A group of the event's own account needs no account. */
export function withoutOwnAccount(
  permissions: readonly Permission[],
  { recipientAccountId }: ChangeEvent,
): readonly Permission[] {
  return permissions.map((permission) => ({
    ...permission,
    peers: permission.peers.map((peer) =>
      peer.account === recipientAccountId ? { ...peer, account: null } : peer,
    ),
  }));
}
