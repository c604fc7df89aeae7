/** The rules of a hunt, as SARIF's metadata has them. */
import type { Severity } from '../../rule/severity.js';
import type { Section } from '../report.js';
import { messageLines, messageText } from './text.js';

export type Level = 'error' | 'warning' | 'note';

const LEVELS: Readonly<Record<Severity, Level>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'note',
  Info: 'note',
};

/** A number from 0 to 10, by which code scanning sorts: more than 9 is critical, from 7 high, from 4 medium. */
const SCORES: Readonly<Record<Severity, string>> = {
  Critical: '9.5',
  High: '8.0',
  Medium: '5.5',
  Low: '3.0',
  Info: '0.0',
};

export function levelOf(severity: Severity): Level {
  return LEVELS[severity];
}

const CONDITIONS = 20;

/** A `reportingDescriptor` of SARIF. */
export function ruleOf(section: Section): object {
  const { rule, findingCount, exclusions } = section;
  const { id, name, severity, description, reference, sha256 } = rule;
  const isAddress =
    /^https?:\/\/[\x21-\x7e]+$/.test(reference ?? '') && URL.canParse(reference ?? '');
  return {
    id,
    shortDescription: { text: messageText(name) },
    fullDescription: { text: messageLines(description ?? name) },
    help: { text: helpText(section) },
    ...(isAddress && { helpUri: reference }),
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      tags: tagsOf(section),
      'security-severity': SCORES[severity],
      severity,
      sha256,
      findings: findingCount,
      hiddenByExclusions: exclusions.reduce((sum, { hidden }) => sum + hidden, 0),
    },
  };
}

/** What to do, and when an event is found. */
function helpText({ rule }: Section): string {
  const { name, description, runbook, reference, condition } = rule;
  const more = condition.length - CONDITIONS;
  const parts = [
    description ?? name,
    ...(runbook === null ? [] : [`What to do: ${runbook}`]),
    [
      'The rule finds events that meet all of these conditions:',
      ...condition.slice(0, CONDITIONS).map((one) => `- ${one}`),
      ...(more > 0 ? [`- and ${more} more`] : []),
    ].join('\n'),
    ...(reference === null ? [] : [`Reference: ${reference}`]),
  ];
  return parts.map(messageLines).join('\n\n');
}

/** Code scanning shows `security-severity` only of rules with the tag `security`. */
function tagsOf({ rule: { tags, mitre } }: Section): readonly string[] {
  const attack = mitre.flatMap(({ tactic, technique }) => [tactic, technique]);
  const labels = attack.flatMap((label) => (label === null ? [] : [label.id]));
  return [...new Set(['security', ...tags, ...labels])];
}
