/** Rules written in a test. */
import { readRule } from '../../src/rule/catalog/read.js';
import type { Rule } from '../../src/rule/rule.js';

/** A rule with this `Detection:` (YAML, indented as it stands) and, perhaps, more. */
export function ruleWith(detection: string, more = ''): Rule {
  return readRule(ruleText(detection, more), 'rule.yml');
}

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
