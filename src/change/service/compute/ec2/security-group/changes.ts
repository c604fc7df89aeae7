/** Changes of EC2 security groups: which traffic was let in or out, from or to whom. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { listed, shortened } from '../../../../sentence.js';
import { field, list, requestOf, responseOf, text, texts } from '../../../../request/ec2-shape.js';
import {
  granteesOf,
  groupOf,
  resourcesOf,
  ruleIdsOf,
  rulesOf,
  suffix,
  withoutOwnAccount,
} from './group.js';
import {
  permissionKeys,
  permissionsIn,
  permissionsWithout,
  rulesIn,
  saysTraffic,
  unknownPermissions,
  type Direction,
  type Permission,
} from './permission.js';
import { describePermissions, descriptionsText, statesOf } from './text.js';

const LONGEST_DESCRIPTION = 80;

export const securityGroups: Describers = {
  AuthorizeSecurityGroupIngress: (event) => describePermissionChange(event, 'open', 'ingress'),
  AuthorizeSecurityGroupEgress: (event) => describePermissionChange(event, 'open', 'egress'),
  RevokeSecurityGroupIngress: (event) => describePermissionChange(event, 'close', 'ingress'),
  RevokeSecurityGroupEgress: (event) => describePermissionChange(event, 'close', 'egress'),
  ModifySecurityGroupRules: describeRuleChange,
  UpdateSecurityGroupRuleDescriptionsIngress: (event) => describeNewText(event, 'ingress'),
  UpdateSecurityGroupRuleDescriptionsEgress: (event) => describeNewText(event, 'egress'),
  CreateSecurityGroup: describeCreation,
  DeleteSecurityGroup: describeDeletion,
};

function describePermissionChange(
  event: ChangeEvent,
  verb: 'open' | 'close',
  direction: Direction,
): Description | undefined {
  const request = requestOf(event);
  const ids = ruleIdsOf(request);
  const rules = withoutOwnAccount(rulesIn(rulesOf(responseOf(event))), event);
  const asked = withoutOwnAccount(permissionsIn(request), event);
  const unknown = unknownPermissions(responseOf(event));
  const known = permissionsWithout(asked, unknown);
  const missing = permissionKeys(unknown).length;
  const nothing = missing > 0 && rules.length === 0 && missing >= permissionKeys(asked).length;
  // A call that names rules by their IDs alone says in its response, since 2024, what they were.
  const permissions = nothing ? asked : known.length > 0 ? known : rules;
  if (permissions.length === 0 && ids.length === 0) return undefined;
  const group = groupOf(event);
  const { text: what, exposure } = describePermissions(permissions, direction);
  // The answer may write a permission in another way than the request: then it is not known which one was closed.
  const isSure = permissionKeys(asked).length - permissionKeys(known).length === missing;
  // The response has the IDs of the rules, and of groups that the request names.
  const opened = rules.length > 0 ? rules : permissions;
  const named = permissions.length === 0 ? rulesText(ids, direction) : what;
  return {
    verb,
    object: `${named}${suffix('on', group)}${descriptionsText(descriptionsOf(permissions))}${nothing ? ' (no such rule)' : ''}`,
    resources: resourcesOf(group, rules.length > 0 ? rules : ids.map((ruleId) => ({ ruleId }))),
    ...(verb === 'open'
      ? {
          begins: statesOf(group, opened, direction),
          grantees: granteesOf(permissions, direction),
          exposure,
        }
      : {
          ends: statesOf(group, [...(isSure ? known : []), ...rules], direction),
          removes: [...ids, ...rules.flatMap(({ ruleId }) => ruleId ?? [])],
          failed: [],
        }),
  };
}

/** A rule becomes another permission. The request does not say whether the rule lets in or out. */
function describeRuleChange(event: ChangeEvent): Description | undefined {
  const items = list(requestOf(event), 'securityGroupRule', 'securityGroupRules');
  if (items.length === 0) return undefined;
  const all = rulesIn(items);
  // A call may change nothing but the text.
  const rules = withoutOwnAccount(rulesIn(items.filter(saysTraffic)), event);
  const group = groupOf(event);
  const { text: what, exposure } = describePermissions(rules, 'ingress');
  const idsOf = (of: readonly Permission[]): readonly string[] =>
    of.flatMap(({ ruleId }) => ruleId ?? []);
  const open = rules.length === 0 ? '' : `, now open: ${what}`;
  const words = items.map(
    (item) => text(field(item, 'securityGroupRule') ?? item, 'description') ?? null,
  );
  return {
    verb: 'change',
    object: `${rulesText(idsOf(all))}${suffix('of', group)}${open}${descriptionsText(words)}`,
    resources: resourcesOf(group, all),
    exposure,
    grantees: granteesOf(rules, 'ingress'),
    begins: statesOf(group, rules, 'ingress'),
    // What the rule was ends.
    removes: idsOf(rules),
  };
}

function describeNewText(event: ChangeEvent, direction: Direction): Description | undefined {
  const request = requestOf(event);
  const permissions = withoutOwnAccount(permissionsIn(request), event);
  const rules = list(request, 'securityGroupRuleDescriptions', 'securityGroupRuleDescription');
  const ids = texts(rules, 'securityGroupRuleId');
  if (permissions.length === 0 && ids.length === 0) return undefined;
  const group = groupOf(event);
  const what =
    permissions.length === 0
      ? rulesText(ids, direction)
      : describePermissions(permissions, direction).text;
  const words = [
    ...descriptionsOf(permissions),
    ...rules.map((rule) => text(rule, 'description') ?? null),
  ];
  return {
    verb: 'change',
    object: `the description of ${what}${suffix('on', group)}${descriptionsText(words)}`,
    resources: resourcesOf(
      group,
      ids.map((ruleId) => ({ ruleId })),
    ),
  };
}

function describeCreation(event: ChangeEvent): Description | undefined {
  const group = groupOf(event);
  if (group === undefined) return undefined;
  const description = text(requestOf(event), 'groupDescription', 'description');
  const said =
    description === undefined ? '' : `: "${shortened(description, LONGEST_DESCRIPTION)}"`;
  return {
    verb: 'create',
    object: `security group ${group.label}${said}`,
    resources: [group.resource],
    begins: [{ resource: group.key, what: 'exists' }],
  };
}

function describeDeletion(event: ChangeEvent): Description | undefined {
  const group = groupOf(event);
  if (group === undefined) return undefined;
  return {
    verb: 'delete',
    object: `security group ${group.label}`,
    resources: [group.resource],
    removes: [group.key],
  };
}

function rulesText(ids: readonly string[], direction: Direction = 'ingress'): string {
  const all = listed(
    ids.map((id) => shortened(id)),
    ', ',
  );
  const words = `${ids.length === 1 ? 'rule' : 'rules'} ${all}`.trim();
  return direction === 'egress' ? `outbound ${words}` : words;
}

function descriptionsOf(permissions: readonly Permission[]): readonly (string | null)[] {
  return permissions.flatMap(({ peers }) => peers.map(({ description }) => description));
}
