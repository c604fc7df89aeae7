/** The report as a responder reads it on a terminal: findings first, then why they are these, then what was read. */
import { createColors } from 'picocolors';
import type { Report } from '../report.js';
import { accountLines, verdictLines } from './completeness.js';
import { sectionLines } from './section.js';
import type { Page } from './lines.js';

export interface TableOptions {
  readonly width: number;
  readonly color: boolean;
}

const NARROWEST = 40;

/** The report as text of so many columns, in colour or plain. */
export function* renderTable(report: Report, options: TableOptions): Generator<string> {
  const page: Page = {
    width: Math.max(options.width, NARROWEST),
    colors: createColors(options.color),
  };
  for (const section of report.sections) yield* blockText(sectionLines(section, report, page));
  yield* blockText(accountLines(report, page));
  for (const line of verdictLines(report, page)) yield `${line}\n`;
}

/** Lines, and an empty one after them. */
function* blockText(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
  yield '\n';
}
