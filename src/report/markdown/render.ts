/** Lays out the blocks of a report in Markdown, for tickets and pull requests: headings, lists and tables. */
import type { Block, ExclusionBlock, FindingBlock } from '../page/block.js';
import { pageOf } from '../page/page.js';
import type { Report } from '../report.js';
import { codeSpan, tableRow } from '../../text/markdown-text.js';
import { bold, inline } from './inline.js';

/** The report as text, in pieces: block by block, and finding by finding. */
export function* renderMarkdown(report: Report): Generator<string> {
  let before: Block['kind'] | undefined;
  for (const block of pageOf(report)) {
    // Items of the same kind make one list.
    if (before !== undefined && (before !== block.kind || !isItem(block))) yield '\n';
    before = block.kind;
    for (const line of linesOf(block)) yield `${line}\n`;
  }
}

function isItem({ kind }: Block): boolean {
  return kind === 'warning' || kind === 'loss' || kind === 'exclusion' || kind === 'account';
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
    case 'account':
      return [`- ${inline(block.head)}`, ...block.details.map((detail) => `  - ${inline(detail)}`)];
    case 'story':
      return [`- ${bold(block.head)}`, ...block.details.map((detail) => `  - ${inline(detail)}`)];
    case 'counts':
      return [
        tableRow(['Remaining', 'Stage']),
        tableRow(['---:', '---']),
        ...block.rows.map(({ count, text }) => tableRow([String(count), inline(text)])),
      ];
    case 'findings':
      return findingLines(block.findings);
    case 'exclusion':
      return exclusionLines(block);
    case 'warning':
      return [`- ${codeSpan(block.code)} ${inline([block.message])}`];
    case 'loss':
      return [`- ${inline(block.text)}`];
    case 'verdict':
      return block.lines.map(({ level, text }) =>
        level === 'caution' ? `- ${inline(text)}` : `- ${bold(text)}`,
      );
    default:
      return block satisfies never;
  }
}

function* findingLines(findings: Iterable<FindingBlock>): Generator<string> {
  for (const { head, alert, failure, change, actor, evidence } of findings) {
    const { when, call, account, region } = head;
    yield `- ${[when, call, account, region].map(inline).join(' ')}`;
    if (alert !== null) yield `  - ${inline(alert)}`;
    if (failure !== null) yield `  - ${bold(failure)}`;
    if (change !== null) {
      const { exposure } = change;
      const mark =
        exposure === null
          ? ''
          : `${exposure.direction === 'ingress' ? bold(exposure.text) : inline(exposure.text)}: `;
      yield `  - ${mark}${inline(change.text)}`;
    }
    yield `  - ${inline(actor)}`;
    yield `  - ${inline(evidence)}`;
  }
}

function* exclusionLines({ label, condition, by, more }: ExclusionBlock): Generator<string> {
  yield `- ${inline(label)} ${inline(condition)}`;
  for (const { count, text } of by) yield `  - ${count}: ${inline(text)}`;
  if (more !== null) yield `  - ${inline(more)}`;
}
