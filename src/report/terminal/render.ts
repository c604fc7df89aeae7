/** Lays out the blocks of a report for a terminal, in lines of a limited width. */
import { createColors } from 'picocolors';
import type { Block } from '../page/blocks/block.js';
import { pageOf } from '../page/page.js';
import type { Report } from '../report.js';
import { blockLines, isApart } from './block-lines.js';
import type { Screen } from './screen.js';

export interface TerminalOptions {
  /** In columns. */
  readonly width: number;
  readonly color: boolean;
  /** Whether it has more letters than those of ASCII; true by default. */
  readonly isUnicode?: boolean;
}

const NARROWEST = 40;

/** The report as text, line by line, with colours if the screen has them. */
export function renderTerminal(report: Report, options: TerminalOptions): Generator<string> {
  return linesOnScreen(pageOf(report), options);
}

/** Blocks as text, line by line. */
export function* linesOnScreen(
  blocks: Iterable<Block>,
  options: TerminalOptions,
): Generator<string> {
  const screen: Screen = {
    width: Math.max(options.width, NARROWEST),
    colors: createColors(options.color),
    hasBars: options.isUnicode ?? true,
  };
  let isFirst = true;
  for (const block of blocks) {
    if (isApart(block) && !isFirst) yield '\n';
    isFirst = false;
    for (const line of blockLines(block, screen)) yield `${line}\n`;
  }
}
