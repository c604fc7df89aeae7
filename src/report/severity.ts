/** Which of a finding's rules takes it most seriously. */
import { SEVERITIES } from '../rule/severity.js';
import type { MatchedRule } from './finding.js';

/** The rule that gives the event its highest severity: the first of them. Undefined only for a finding without rules. */
export function leadingRule(rules: readonly MatchedRule[]): MatchedRule | undefined {
  const rank = ({ severity }: MatchedRule): number => SEVERITIES.indexOf(severity);
  const highest = Math.max(...rules.map(rank));
  return rules.find((rule) => rank(rule) === highest);
}
