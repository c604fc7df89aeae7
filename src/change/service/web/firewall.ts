/** AWS WAF, also in its first version: web ACLs, lists, and what they protect. */
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { accountsIn } from '../../request/account.js';
import { changing, detail, named, names, resourceName, textsIn } from '../../request/call.js';
import { firstText, memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import {
  answeredCreation,
  deletion,
  identified,
  identifiedDeletion,
  LOGS_OFF,
  namedWithId,
  stateOf,
  subjectOf,
  switchOff,
  switchOn,
  type Subject,
} from '../../request/subject.js';
import { addressesText, aclText, patternsText, rulesText, updatesText } from './firewall-rules.js';

const aclOf = named('web ACL', 'name', 'webACLId', 'webAclId', 'id');
const ipSetOf = named('IP set', 'name', 'iPSetId', 'id');
const patternsOf = named('set of patterns', 'name', 'regexPatternSetId', 'id');
const groupOf = named('rule group', 'name', 'ruleGroupId', 'id');
const ruleOf = named('rule', 'ruleId');
const groupByArn = ({ requestParameters: request }: ChangeEvent): Subject | undefined =>
  byArn('rule group', textMember(request, 'resourceArn'));
const logOf = ({ requestParameters: request }: ChangeEvent): Subject | undefined => {
  const acl = byArn(
    'web ACL',
    textMember(request, 'resourceArn') ??
      textOf(memberAt(request, 'loggingConfiguration', 'resourceArn')),
  );
  return acl && { ...acl, text: `log of ${acl.text}`, key: `log of ${acl.key}` };
};
const log = ({ text }: Subject): string => text;

const switchedOn = switchOn(logOf, log, LOGS_OFF);

export const firewall: Describers = {
  CreateWebACL: answeredCreation(aclOf, ['webACLId', 'id'], aclText),
  UpdateWebACL: changing(namedWithId(aclOf), aclText),
  DeleteWebACL: identifiedDeletion(aclOf, ['id']),
  AssociateWebACL: (event) => association(event, 'attach'),
  DisassociateWebACL: (event) => association(event, 'detach'),
  CreateIPSet: answeredCreation(ipSetOf, ['iPSetId', 'id'], addressesText),
  UpdateIPSet: changing(namedWithId(ipSetOf), addressesText),
  DeleteIPSet: identifiedDeletion(ipSetOf, ['id']),
  CreateRegexPatternSet: answeredCreation(patternsOf, ['regexPatternSetId', 'id'], patternsText),
  UpdateRegexPatternSet: changing(namedWithId(patternsOf), patternsText),
  DeleteRegexPatternSet: identifiedDeletion(patternsOf, ['id']),
  CreateRuleGroup: answeredCreation(groupOf, ['ruleGroupId', 'id'], rulesText),
  UpdateRuleGroup: changing(namedWithId(groupOf), rulesText),
  DeleteRuleGroup: identifiedDeletion(groupOf, ['id']),
  UpdateRule: changing(ruleOf, updatesText),
  DeleteRule: deletion(ruleOf),
  UpdateRateBasedRule: changing(ruleOf, updatesText),
  DeleteRateBasedRule: deletion(ruleOf),
  PutLoggingConfiguration: (event) => {
    const description = switchedOn(event);
    return description && { ...description, object: `${description.object}${logText(event)}` };
  },
  DeleteLoggingConfiguration: switchOff(logOf, log, LOGS_OFF),
  PutPermissionPolicy: changing(groupByArn, () => ': who may use it'),
  DeletePermissionPolicy: changing(groupByArn, () => ': no longer shared'),
  DeleteFirewallManagerRuleGroups: changing(
    ({ requestParameters: request }) =>
      byArn('web ACL', firstText(request, 'webACLArn', 'webAclArn')),
    () => ': without the rules of Firewall Manager',
  ),
  PutManagedRuleSetVersions: changing(namedWithId(named('managed rule set', 'name', 'id'))),
};

/** Where the log goes, and what is left out of it. */
function logText({ requestParameters: request, recipientAccountId: own }: ChangeEvent): string {
  const config = memberOf(request, 'loggingConfiguration') ?? null;
  const destinations = textsIn(config, 'logDestinationConfigs');
  const [owner] = accountsIn(destinations, own);
  const filter = memberOf(config, 'loggingFilter') === undefined ? '' : ', with a filter';
  return destinations.length === 0
    ? filter
    : ` to ${names(destinations.map(resourceName))}${detail(' of account ', owner)}${filter}`;
}

/** An ARN of these ends in a name and an ID; that of the first version, in the ID. */
function byArn(word: string, arn: string | undefined): Subject | undefined {
  if (arn === undefined) return undefined;
  const [, name, id] = /\/(?:webacl|rulegroup)\/([^/]+)\/([^/]+)$/s.exec(arn) ?? [];
  return name === undefined
    ? subjectOf(word, resourceName(arn))
    : identified(subjectOf(word, name), id);
}

function association(event: ChangeEvent, verb: 'attach' | 'detach'): Description | undefined {
  const { requestParameters: request } = event;
  const arn = textMember(request, 'resourceArn');
  if (arn === undefined) return undefined;
  const protectedOne = subjectOf('resource', resourceName(arn));
  const states = [stateOf(protectedOne, 'without firewall')];
  const acl = byArn('web ACL', firstText(request, 'webACLArn', 'webACLId'));
  const resources = [protectedOne.resource, ...(acl === undefined ? [] : [acl.resource])];
  return verb === 'attach'
    ? {
        verb,
        object: `${acl?.text ?? 'web ACL'} to ${protectedOne.text}`,
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
