/** An explanation as text or Markdown, with the headings of detection catalogues. */
import { codeBlock, prose, tableRow } from '../text/markdown-text.js';
import { safeLine } from '../text/safe-text.js';
import { columnsIn } from '../text/width.js';
import type { Explanation } from '../rule/explain.js';

type Row = readonly string[];

/** How the parts of a page are written. Only headings and heads of tables are fixed; all other text comes from a rule. */
interface Style {
  title(text: string): string;
  heading(text: string): string;
  paragraph(text: string): string;
  code(lines: readonly string[]): string;
  table(head: Row, rows: readonly Row[]): string;
}

const MARKDOWN: Style = {
  title: (text) => `# ${prose(text)}`,
  heading: (text) => `## ${text}`,
  paragraph: prose,
  code: codeBlock,
  table: (head, rows) =>
    [head, head.map(() => '---'), ...rows.map((row) => row.map(prose))].map(tableRow).join('\n'),
};

const TEXT: Style = {
  title: (text) => `${safeLine(text)}\n${'='.repeat(columnsIn(text))}`,
  heading: (text) => `${text}\n${'-'.repeat(text.length)}`,
  paragraph: safeLine,
  code: (lines) => lines.map((line) => `  ${safeLine(line)}`).join('\n'),
  table: (head, rows) => {
    const all = [head, ...rows].map((row) => row.map(safeLine));
    const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
    return all
      .map((row) =>
        `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
      )
      .join('\n');
  },
};

/** The explanation in Markdown. Text from the rule cannot become markup. */
export function explainMarkdown(explanation: Explanation): string {
  return page(explanation, MARKDOWN);
}

/** The explanation as plain text. */
export function explainText(explanation: Explanation): string {
  return page(explanation, TEXT);
}

interface TableSection {
  readonly title: string;
  readonly head: Row;
  readonly rows: readonly Row[];
  /** What stands there if the table has no row. */
  readonly none: string;
}

function page(rule: Explanation, style: Style): string {
  const table = ({ title, head, rows, none }: TableSection): readonly string[] => [
    style.heading(title),
    rows.length === 0 ? none : style.table(head, rows),
  ];
  const parts = [
    style.title(rule.name),
    ...(rule.description === null
      ? []
      : [style.paragraph(rule.description.replace(/\s*\n\s*/g, ' '))]),
    ...(rule.warnings.length === 0
      ? []
      : [style.heading('Warnings'), ...rule.warnings.map((text) => style.paragraph(text))]),
    style.table(['Rule', ''], metadata(rule)),
    ...table({
      title: 'MITRE ATT&CK coverage',
      head: ['Tactic', 'Techniques'],
      rows: rule.mitre.map(({ tactic, techniques }) => [tactic, techniques.join(', ')]),
      none: 'None is named.',
    }),
    ...table({
      title: 'Rules detecting the same action',
      head: ['Rule', 'Name'],
      rows: rule.sameAction.map(({ id, name }) => [id, name]),
      none: 'No other rule looks for the same API calls.',
    }),
    style.heading('Condition'),
    style.code(rule.condition),
    ...(rule.namedExclusions.length === 0
      ? []
      : table({
          title: 'Named exclusions',
          head: ['Name', 'Reason', 'Excluded events'],
          rows: rule.namedExclusions.map(({ name, reason, condition }) => [
            name,
            reason,
            condition,
          ]),
          none: 'None.',
        })),
    style.heading(rule.namedExclusions.length === 0 ? 'Exclusions' : 'Exclusions without a name'),
    ...exclusions(rule, style),
    ...table({
      title: 'Indicators',
      head: ['Field', 'Kind', 'Value', 'Corpus'],
      rows: indicatorRows(rule),
      none: 'None.',
    }),
    ...table({
      title: 'Parameters',
      head: ['Parameter', 'Default', 'What it is'],
      rows: parameterRows(rule),
      none: 'None.',
    }),
    ...table({
      title: 'Output fields',
      head: ['Field'],
      rows: rule.outputFields.map((field) => [field]),
      none: 'None is named.',
    }),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Which events are excluded, and the values that are tested for that. */
function exclusions(rule: Explanation, style: Style): readonly string[] {
  if (rule.excludedEvents.length === 0)
    return [rule.namedExclusions.length === 0 ? 'The rule excludes nothing.' : 'None.'];
  const rows = rule.exclusions.map(({ field, kind, value }): Row => [field, kind, value ?? '']);
  return [
    style.code(rule.excludedEvents),
    ...(rows.length === 0 ? [] : [style.table(['Field', 'Kind', 'Excluded values'], rows)]),
  ];
}

function metadata(rule: Explanation): readonly Row[] {
  return [
    ['ID', rule.id],
    ['Severity', rule.severity],
    ...rule.dynamicSeverities.map(({ severity, condition }): Row => [
      `Severity ${severity}`,
      `where ${condition}`,
    ]),
    ['Tags', rule.tags.join(', ')],
    ['Runbook', rule.runbook ?? ''],
    ['Reference', rule.reference ?? ''],
  ].filter(([, value]) => value !== '');
}

function indicatorRows(rule: Explanation): readonly Row[] {
  return rule.indicators.flatMap(({ field, kind, values }) =>
    values.length === 0
      ? [[field, kind, '', '']]
      : values.map(({ value, corpus }) => [field, kind, value, corpus === 0 ? '' : String(corpus)]),
  );
}

function parameterRows(rule: Explanation): readonly Row[] {
  return rule.parameters.map(({ name, default: values, description }) => [
    name,
    values.join(', '),
    description ?? '',
  ]);
}
