/** The sheets about the rules: what each found, and what its exclusions hid. */
import type { Report, Section } from '../report.js';
import type { RuleSummary } from '../rule-summary.js';
import type { CellValue } from './cell.js';
import type { SheetHead } from './workbook.js';

interface Column {
  readonly name: string;
  readonly width: number;
  readonly valueIn: (section: Section) => CellValue;
}

const COLUMNS: readonly Column[] = [
  { name: 'rule', width: 44, valueIn: ({ rule }) => rule.id },
  { name: 'name', width: 50, valueIn: ({ rule }) => rule.name },
  { name: 'severity', width: 10, valueIn: ({ rule }) => rule.severity },
  { name: 'findings', width: 10, valueIn: ({ findingCount }) => findingCount },
  { name: 'hidden', width: 10, valueIn: hiddenIn },
  { name: 'undated', width: 10, valueIn: ({ undated }) => undated },
  { name: 'attack', width: 40, valueIn: ({ rule }) => attackOf(rule) },
  { name: 'tags', width: 30, valueIn: ({ rule }) => rule.tags.join(' ') },
  { name: 'accounts', width: 20, valueIn: ({ rule }) => rule.accounts?.join(' ') ?? null },
  { name: 'parameters', width: 40, valueIn: ({ rule }) => parametersOf(rule) },
  { name: 'conditions', width: 80, valueIn: ({ rule }) => rule.condition.join('\n') },
  { name: 'description', width: 80, valueIn: ({ rule }) => rule.description },
  { name: 'runbook', width: 80, valueIn: ({ rule }) => rule.runbook },
  { name: 'reference', width: 40, valueIn: ({ rule }) => rule.reference },
  { name: 'sha256', width: 66, valueIn: ({ rule }) => rule.sha256 },
];

export const RULES: SheetHead = { name: 'Rules', columns: COLUMNS };

/** The rows of the first sheet, one for each rule. */
export function* ruleRows({ sections }: Report): Generator<readonly CellValue[]> {
  for (const section of sections) yield COLUMNS.map(({ valueIn }) => valueIn(section));
}

function hiddenIn({ exclusions }: Section): number {
  return exclusions.reduce((sum, { hidden }) => sum + hidden, 0);
}

function attackOf({ mitre }: RuleSummary): string {
  const ids = mitre.flatMap(({ tactic, technique }) => [tactic?.id, technique?.id]);
  return [...new Set(ids.filter((id) => id !== undefined))].join(' ');
}

function parametersOf({ parameters }: RuleSummary): string {
  return parameters
    .map(({ name, values }) => `${name}=${typeof values === 'string' ? values : values.join(',')}`)
    .join('\n');
}

export const EXCLUSIONS: SheetHead = {
  name: 'Exclusions',
  columns: [
    { name: 'rule', width: 44 },
    { name: 'exclusion', width: 40 },
    { name: 'from', width: 10 },
    { name: 'applied', width: 10 },
    { name: 'hidden', width: 10 },
    { name: 'principal', width: 60 },
    { name: 'userAgent', width: 60 },
    { name: 'events', width: 10 },
    { name: 'condition', width: 80 },
    { name: 'reason', width: 60 },
  ],
};

/**
 * A row for each principal and user agent whose events an exclusion hid, those with the most first; one for an exclusion that hid
 * nothing.
 */
export function* exclusionRows({ sections }: Report): Generator<readonly CellValue[]> {
  const all = sections.flatMap(({ rule, exclusions }) =>
    exclusions.map((exclusion) => ({ id: rule.id, ...exclusion })),
  );
  for (const exclusion of all.toSorted((one, other) => other.hidden - one.hidden)) {
    const { id, name, source, applied, hidden, by, condition, reason } = exclusion;
    const who = by.length === 0 ? [{ principal: null, userAgent: null, events: null }] : by;
    for (const { principal, userAgent, events } of who)
      yield [
        id,
        name,
        source,
        applied ? 'yes' : 'no',
        hidden,
        principal,
        userAgent,
        events,
        condition,
        reason,
      ];
  }
}
