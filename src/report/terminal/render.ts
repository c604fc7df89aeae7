/** The report as a responder reads it on a terminal: its blocks, laid out in lines of a fixed width. */
import { createColors } from 'picocolors';
import { pageOf } from '../page/page.js';
import type { Report } from '../report.js';
import { blockLines, isApart } from './block-lines.js';
import type { Screen } from './screen.js';

export interface TerminalOptions {
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
}

const NARROWEST = 40;

/** The report as text, in colour or plain, line by line. */
export function* renderTerminal(report: Report, options: TerminalOptions): Generator<string> {
  const screen: Screen = {
    width: Math.max(options.width, NARROWEST),
    colors: createColors(options.color),
  };
  let isFirst = true;
  for (const block of pageOf(report)) {
    if (isApart(block) && !isFirst) yield '\n';
    isFirst = false;
    for (const line of blockLines(block, screen)) yield `${line}\n`;
  }
}
