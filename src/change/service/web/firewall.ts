/** AWS WAF, also in its first version: web ACLs, lists, and what they protect. */
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import {
  changing,
  detail,
  named,
  names,
  resourceName,
  switching,
  textsIn,
} from '../../request/call.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import {
  answeredCreation,
  deletion,
  identifiedDeletion,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const aclOf = named('web ACL', 'name', 'webACLId', 'webAclId', 'id');
const ipSetOf = named('IP set', 'name', 'iPSetId', 'id');
const patternsOf = named('set of patterns', 'name', 'regexPatternSetId', 'id');
const groupOf = named('rule group', 'name', 'ruleGroupId', 'id');
const ruleOf = named('rule', 'ruleId');
const logOf = (event: ChangeEvent): Subject | undefined => {
  const { requestParameters: request } = event;
  const arn =
    textMember(request, 'resourceArn') ??
    textOf(memberAt(request, 'loggingConfiguration', 'resourceArn'));
  return arn === undefined ? undefined : subjectOf('log of web ACL', aclName(arn), 'web ACL');
};
const log = switching(logOf);

export const firewall: Describers = {
  CreateWebACL: answeredCreation(aclOf, ['webACLId', 'id']),
  UpdateWebACL: changing(aclOf, ({ requestParameters: request }) => {
    const allows = memberOf(memberOf(request, 'defaultAction') ?? null, 'allow') !== undefined;
    const rules = textsOfRules(request);
    const action =
      memberOf(request, 'defaultAction') === undefined
        ? ''
        : `: ${allows ? 'lets in' : 'blocks'} what no rule matches`;
    return `${action}${rules.length === 0 ? '' : `; rules ${names(rules)}`}`;
  }),
  DeleteWebACL: identifiedDeletion(aclOf, ['id']),
  AssociateWebACL: (event) => association(event, 'attach'),
  DisassociateWebACL: (event) => association(event, 'detach'),
  CreateIPSet: answeredCreation(ipSetOf, ['iPSetId', 'id'], addressesText),
  UpdateIPSet: changing(ipSetOf, addressesText),
  DeleteIPSet: identifiedDeletion(ipSetOf, ['id']),
  UpdateRegexPatternSet: changing(patternsOf),
  DeleteRegexPatternSet: deletion(patternsOf),
  CreateRuleGroup: answeredCreation(groupOf, ['ruleGroupId', 'id']),
  UpdateRuleGroup: changing(groupOf),
  DeleteRuleGroup: identifiedDeletion(groupOf, ['id']),
  UpdateRule: changing(ruleOf),
  DeleteRule: deletion(ruleOf),
  UpdateRateBasedRule: changing(ruleOf),
  DeleteRateBasedRule: deletion(ruleOf),
  PutLoggingConfiguration: log.on,
  DeleteLoggingConfiguration: log.off,
  PutPermissionPolicy: changing(named('rule group', 'resourceArn'), () => ': who may use it'),
  DeletePermissionPolicy: changing(named('rule group', 'resourceArn'), () => ': no longer shared'),
  DeleteFirewallManagerRuleGroups: changing(
    named('web ACL', 'webACLArn', 'webAclArn'),
    () => ': without the rules of Firewall Manager',
  ),
  PutManagedRuleSetVersions: changing(named('managed rule set', 'name', 'id')),
};

function textsOfRules(request: ChangeEvent['requestParameters']): readonly string[] {
  const rules = memberOf(request, 'rules');
  return Array.isArray(rules) ? rules.flatMap((rule) => textMember(rule, 'name') ?? []) : [];
}

function addressesText({ requestParameters: request }: ChangeEvent): string {
  const list = memberOf(request, 'addresses');
  if (!Array.isArray(list)) return '';
  const addresses = textsIn(request, 'addresses');
  return addresses.length === 0 ? ': no address' : `: ${names(addresses)}`;
}

/** An ARN of a web ACL ends in its name and its ID. */
function aclName(arn: string): string {
  return /\/webacl\/([^/]+)\//s.exec(arn)?.[1] ?? resourceName(arn);
}

function association(event: ChangeEvent, verb: 'attach' | 'detach'): Description | undefined {
  const { requestParameters: request } = event;
  const arn = textMember(request, 'resourceArn');
  if (arn === undefined) return undefined;
  const protectedOne = subjectOf('resource', resourceName(arn));
  const states = [stateOf(protectedOne, 'without firewall')];
  const acl = detail(' ', firstText(request, 'webACLArn', 'webAclArn', 'webACLId'));
  const resources = [protectedOne.resource];
  return verb === 'attach'
    ? {
        verb,
        object: `web ACL${acl === '' ? '' : ` ${aclName(acl.trim())}`} to ${protectedOne.text}`,
        resources,
        ends: states,
      }
    : {
        verb,
        object: `the web ACL from ${protectedOne.text}: it has no firewall`,
        resources,
        begins: states,
      };
}
