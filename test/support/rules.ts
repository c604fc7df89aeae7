/** Rules written in a test. */
import { readRule } from '../../src/rule/catalog/read.js';
import type { Rule } from '../../src/rule/rule.js';

/** A rule with this `Detection:` (YAML, indented as it stands) and, perhaps, more. */
export function ruleWith(detection: string, more = ''): Rule {
  return readRule(ruleText(detection, more), 'rule.yml');
}

/**
 * Matches `openedGroup` as the seed rule does, in the accounts of the same parameter. Trino plans it faster, for tests that are
 * about the table and not about the rule.
 */
export const OPENED = ruleWith(
  `  - { KeyPath: eventName, Condition: Equals, Value: AuthorizeSecurityGroupIngress }
  - { KeyPath: recipientAccountId, Condition: IsIn, Values: $PROD_ACCOUNT_IDS }`,
  'Parameters:\n  PROD_ACCOUNT_IDS:\n    Default: ["11111111111111", "112233445566"]',
);

export function ruleText(detection: string, more = ''): string {
  return `AnalysisType: rule
RuleID: Test.Rule
Severity: Medium
LogTypes: [AWS.CloudTrail]
${more}
Detection:
${detection}
`;
}
