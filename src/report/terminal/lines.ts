/** What every part of the table is made with: lines that fit, aligned columns, headings, numbers in words. */
import type { Colors } from 'picocolors/types.js';
import type { Warning } from '../report.js';
import { safeLine } from '../../text/safe-text.js';
import { columnsIn, splitWord, truncate } from '../../text/width.js';

export interface Page {
  readonly width: number;
  readonly colors: Colors;
}

const INDENT = '  ';
const MOST_LINES = 12;

/** A line of text from anywhere, made harmless and cut to the page. */
export function line(text: string, page: Page, indent = INDENT): string {
  return indent + truncate(safeLine(text).trimEnd(), page.width - indent.length);
}

/** A text from anywhere over as many lines as it needs, within reason: a log must not flood a screen. */
export function wrapped(
  text: string,
  page: Page,
  indent = INDENT,
  most = MOST_LINES,
): readonly string[] {
  const room = page.width - indent.length - INDENT.length;
  const words = truncate(safeLine(text), most * room).split(' ');
  const lines: string[] = [];
  for (const word of words.flatMap((part) => splitWord(part, room))) {
    const last = lines.at(-1);
    if (last !== undefined && columnsIn(last) + columnsIn(word) < room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((row, index) => line(row, page, index === 0 ? indent : `${indent}${INDENT}`));
}

/** A text over several lines to the right of what heads it, which must be harmless. */
export function beside(head: string, text: string, page: Page, most?: number): readonly string[] {
  return wrapped(text, page, ' '.repeat(head.length), most).map((row, index) =>
    index === 0 ? head + row.slice(head.length) : row,
  );
}

/** A heading over indented lines; nothing where there are none. */
export function* under(heading: string, lines: Iterable<string>, page: Page): Generator<string> {
  let first = true;
  for (const row of lines) {
    if (first) yield* ['', page.colors.bold(line(heading, page, ''))];
    yield row;
    first = false;
  }
}

/** How wide each column is, of rows that are to be aligned. */
export function columnWidths(rows: Iterable<readonly string[]>, page: Page): readonly number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries())
      widths[at] = Math.max(widths[at] ?? 0, columnsIn(fitted(cell, page)));
  return widths;
}

/** A row whose cells stand in columns of these widths. */
export function aligned(row: readonly string[], widths: readonly number[], page: Page): string {
  const cells = row.map((cell, at) => {
    const text = fitted(cell, page);
    return text + ' '.repeat((widths[at] ?? 0) - columnsIn(text));
  });
  return line(cells.join('  '), page);
}

function fitted(cell: string, page: Page): string {
  return truncate(safeLine(cell), page.width);
}

/** Warnings, marked. */
export function warningLines(warnings: readonly Warning[], page: Page): readonly string[] {
  return warnings.flatMap(({ code, message }) =>
    wrapped(`! ${message} [${code}]`, page).map((text) => page.colors.yellow(text)),
  );
}

/** `1 file`, `2 files`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An instant as people read it: `2026-01-31 08:00:00Z`. */
export function instant(text: string): string {
  return text.replace('T', ' ').replace(/\.000Z$/, 'Z');
}
