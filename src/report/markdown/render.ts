/** Lays out the blocks of a report in Markdown, for tickets and pull requests: headings, lists and tables. */
import type {
  AttentionBlock,
  Block,
  BreakdownBlock,
  ChartBlock,
  ExclusionBlock,
  RecordItem,
  TimelineFinding,
  TimelineItem,
} from '../page/blocks/block.js';
import { moreText } from '../page/overview.js';
import { sparkline } from '../page/blocks/sparkline.js';
import { pageOf } from '../page/page.js';
import { verdictBlock } from '../page/evidence/verdict.js';
import type { Report } from '../report.js';
import { codeSpan, tableRow } from '../../text/markdown-text.js';
import { bold, inline } from './inline.js';

/** Rows of a breakdown. A ticket is read, not searched. */
const MOST_ROWS = 5;

/** The report as text, in pieces: block by block, and finding by finding. */
export function renderMarkdown(report: Report): Generator<string> {
  return markdownOf(answerFirst(report));
}

/** On a terminal the answer stays in view at the end. A ticket is read from its start. An audit report has its own beginning. */
function* answerFirst(report: Report): Generator<Block> {
  if (report.audit !== null) {
    yield* pageOf(report);
    return;
  }
  yield { kind: 'title', text: ['hunt report'] };
  const verdict = verdictBlock(report);
  yield { ...verdict, lines: verdict.lines.toSorted((a, b) => RANKS[a.level] - RANKS[b.level]) };
  for (const block of pageOf(report)) if (block.kind !== 'verdict') yield block;
}

const RANKS = { result: 0, loss: 1, caution: 2, note: 3 } as const;

/** Blocks as text, in pieces. */
export function* markdownOf(blocks: Iterable<Block>): Generator<string> {
  let before: Block['kind'] | undefined;
  for (const block of blocks) {
    // Items of the same kind make one list.
    const isApart = before !== undefined && (before !== block.kind || !isItem(block));
    let isFirst = true;
    for (const line of linesOf(block)) {
      yield isFirst && isApart ? `\n${line}\n` : `${line}\n`;
      isFirst = false;
    }
    if (!isFirst) before = block.kind;
  }
}

function isItem({ kind }: Block): boolean {
  return kind === 'warning' || kind === 'loss' || kind === 'exclusion' || kind === 'item';
}

function linesOf(block: Block): Iterable<string> {
  switch (block.kind) {
    case 'title':
      return [`# ${inline(block.text)}`];
    case 'heading':
      return [`## ${inline(block.text)}`];
    case 'classification':
      return [block.severity === 'low' ? inline(block.text) : bold(block.text)];
    case 'paragraph':
      return [inline(block.text)];
    case 'facts':
      return block.facts.map(({ label, text }) => `- ${label}: ${inline(text)}`);
    case 'item':
      return [`- ${inline(block.head)}`, ...block.details.map((detail) => `  - ${inline(detail)}`)];
    case 'story':
      return [`- ${bold(block.head)}`, ...block.details.map(({ text }) => `  - ${inline(text)}`)];
    case 'counts':
      return [
        tableRow(['Remaining', 'Stage']),
        tableRow(['---:', '---']),
        ...block.rows.map(({ count, text }) => tableRow([String(count), inline(text)])),
      ];
    case 'attention':
      return attentionLines(block);
    case 'chart':
      return chartLines(block);
    case 'breakdown':
      return breakdownLines(block);
    case 'timeline':
      return timelineLines(block.items);
    case 'records':
      return recordLines(block.items);
    case 'rules':
      return [
        tableRow(['', 'Findings', 'Severity', 'Rule', 'Name']),
        tableRow(['---:', '---:', '---', '---', '---']),
        ...block.rows.map(({ number, count, severity, severityText, id, name }) =>
          tableRow([
            String(number),
            String(count),
            severity === 'high' ? bold([severityText]) : inline([severityText]),
            inline(id),
            inline(name),
          ]),
        ),
      ];
    case 'exclusion':
      return exclusionLines(block);
    case 'warning':
      return [`- ${codeSpan(block.code)} ${inline([block.message])}`];
    case 'loss':
      return [`- ${inline(block.text)}`];
    case 'signature':
      return [
        tableRow(block.fields),
        tableRow(block.fields.map(() => '---')),
        tableRow(block.fields.map(() => '&nbsp;')),
      ];
    case 'verdict':
      return block.lines.map(({ level, text }) =>
        level === 'caution' || level === 'note' ? `- ${inline(text)}` : `- ${bold(text)}`,
      );
    default:
      return block satisfies never;
  }
}

/** A list for each run of findings. */
function* timelineLines(items: Iterable<TimelineItem>): Generator<string> {
  let before: TimelineItem['kind'] | undefined;
  for (const item of items) {
    if (before !== undefined && (before === 'finding') !== (item.kind === 'finding')) yield '';
    if (before !== 'finding' && item.kind === 'run' && before !== undefined) yield '';
    before = item.kind;
    switch (item.kind) {
      case 'day':
        yield `## ${inline(item.text)}`;
        break;
      case 'run':
        yield inline(item.text);
        break;
      case 'finding':
        yield* findingLines(item);
        break;
      default:
        item satisfies never;
    }
  }
}

/** What a reader must not miss of a finding. */
function marksOf({ failure, exposure }: Pick<TimelineFinding, 'failure' | 'exposure'>) {
  return [
    ...(failure === null ? [] : [bold(failure)]),
    ...(exposure === null
      ? []
      : [exposure.direction === 'ingress' ? bold(exposure.text) : inline(exposure.text)]),
  ];
}

function* recordLines(items: Iterable<RecordItem>): Generator<string> {
  for (const item of items) {
    const head = [bold([`#${item.number}`]), ...marksOf(item), inline(item.head)];
    yield `- ${head.filter((part) => part !== '').join(' ')}`;
    for (const { label, text } of item.facts) yield `  - ${label}: ${inline(text)}`;
  }
}

function* findingLines(finding: TimelineFinding): Generator<string> {
  const { when, change, alerts, rules, event } = finding;
  const { disposition } = finding;
  const beside =
    disposition === null
      ? ''
      : disposition.isSettled
        ? inline(disposition.text)
        : bold(disposition.text);
  yield `- ${[inline(when), beside, ...marksOf(finding), inline(change), inline(rules), inline(event)].filter((part) => part !== '').join(' ')}`;
  for (const alert of alerts) yield `  - ${inline(alert)}`;
}

function* exclusionLines({ label, condition, by, more }: ExclusionBlock): Generator<string> {
  yield `- ${inline(label)} ${inline(condition)}`;
  for (const { count, text } of by) yield `  - ${count}: ${inline(text)}`;
  if (more !== null) yield `  - ${inline(more)}`;
}

function* attentionLines({ label, rows }: AttentionBlock): Generator<string> {
  yield `# ${inline(label)}`;
  yield '';
  for (const { text, examples, more } of rows) {
    yield `- ${bold(text)}`;
    for (const { text: example, by, tool, ended } of examples)
      yield `  - ${inline([...example, ...by, ...tool, ...ended])}`;
    if (more !== null) yield `  - ${inline(more)}`;
  }
}

function chartLines(block: ChartBlock): readonly string[] {
  const line = sparkline(block);
  return line === null ? [] : [codeSpan(line), '', inline(block.description)];
}

function* breakdownLines(block: BreakdownBlock): Generator<string> {
  const { label, rows } = block;
  const counts = (['exposed', 'failed'] as const).filter((name) =>
    rows.some((row) => row[name] > 0),
  );
  yield tableRow([inline(label), 'Findings', ...counts.map((name) => COUNTS[name]), 'When']);
  yield tableRow(['---', '---:', ...counts.map(() => '---:'), '---']);
  for (const row of rows.slice(0, MOST_ROWS)) {
    const numbers = [row.findings, ...counts.map((name) => row[name])];
    yield tableRow([inline(row.name), ...numbers.map(String), inline(row.when)]);
  }
  const more = moreText(block, MOST_ROWS);
  if (more !== null) yield tableRow([inline(more), '', ...counts.map(() => ''), '']);
}

const COUNTS = { exposed: 'Let others in', failed: 'Failed' };
