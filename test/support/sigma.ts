/** Sigma rules written in a test. */
import { readRule } from '../../src/rule/catalog/read.js';
import type { Rule } from '../../src/rule/rule.js';

/** The text of a rule with this `detection:` (YAML, indented by two) and, perhaps, more top-level lines. */
export function sigmaText(detection: string, more = ''): string {
  return `title: A test
logsource: { product: aws, service: cloudtrail }
detection:
${detection}
${more}
`;
}

export function sigmaRule(detection: string, more = ''): Rule {
  return readRule(sigmaText(detection, more), 'sigma.yml');
}

/** A rule of one search that has this one entry. */
export function sigmaEntry(entry: string): Rule {
  return sigmaRule(`  one: { ${entry} }\n  condition: one`);
}
