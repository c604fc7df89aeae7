/** What every part of the table is made with: lines that fit, aligned columns, headings, numbers in words. */
import type { Colors } from 'picocolors/types.js';
import type { Warning } from '../report.js';
import { safeLine } from '../safe-text.js';
import { broken, columnsIn, cut } from '../width.js';

export interface Page {
  readonly width: number;
  readonly colors: Colors;
}

const INDENT = '  ';
const MOST_LINES = 12;

/** A line of text from anywhere, made harmless and cut to the page. */
export function line(text: string, page: Page, indent = INDENT): string {
  return indent + cut(safeLine(text).trimEnd(), page.width - indent.length);
}

/** A text from anywhere over as many lines as it needs, within reason: a log must not flood a screen. */
export function wrapped(
  text: string,
  page: Page,
  indent = INDENT,
  most = MOST_LINES,
): readonly string[] {
  const room = page.width - indent.length - INDENT.length;
  const words = cut(safeLine(text), most * room).split(' ');
  const lines: string[] = [];
  for (const word of words.flatMap((part) => broken(part, room))) {
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
export function under(heading: string, lines: readonly string[], page: Page): readonly string[] {
  return lines.length === 0 ? [] : ['', page.colors.bold(line(heading, page, '')), ...lines];
}

/** Rows with their columns aligned, numbers to the right. */
export function aligned(
  rows: readonly (readonly (string | number)[])[],
  page: Page,
  indent = INDENT,
): readonly string[] {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell : cut(safeLine(cell), page.width))),
  );
  const widths: number[] = [];
  for (const row of cells)
    for (const [at, cell] of row.entries())
      widths[at] = Math.max(widths[at] ?? 0, columnsIn(String(cell)));
  return cells.map((row) =>
    line(row.map((cell, at) => padded(cell, widths[at] ?? 0)).join('  '), page, indent),
  );
}

function padded(cell: string | number, width: number): string {
  const space = ' '.repeat(width - columnsIn(String(cell)));
  return typeof cell === 'number' ? `${space}${cell}` : `${cell}${space}`;
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
