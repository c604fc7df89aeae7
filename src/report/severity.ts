/** The severities of findings, whose rules may spell them in the way of Panther or of Sigma. */
import { SEVERITIES, type Severity } from '../rule/severity.js';
import type { MatchedRule } from './finding.js';

/** Sigma says `informational` and `high`. Undefined for a word that is none. */
export function severityOf(word: string): Severity | undefined {
  const lower = word.toLowerCase();
  if (lower === 'informational') return 'Info';
  return SEVERITIES.find((severity) => severity.toLowerCase() === lower);
}

/** The rule that gives the event its highest severity: the first of them. Undefined only for a finding without rules. */
export function leadingRule(rules: readonly MatchedRule[]): MatchedRule | undefined {
  const rank = ({ severity }: MatchedRule): number => {
    const known = severityOf(severity);
    return known === undefined ? -1 : SEVERITIES.indexOf(known);
  };
  const highest = Math.max(...rules.map(rank));
  return rules.find((rule) => rank(rule) === highest);
}
