/** What every part of the table is made with: lines that fit, aligned columns, headings, numbers in words. */
import Table from 'cli-table3';
import type { Colors } from 'picocolors/types.js';
import type { Warning } from '../report.js';
import { safeLine } from '../safe-text.js';
import { cut } from '../width.js';

export interface Page {
  readonly width: number;
  readonly colors: Colors;
}

export const INDENT = '  ';

/** A line of text from anywhere, made harmless and cut to the page. */
export function line(text: string, page: Page, indent = INDENT): string {
  return indent + cut(safeLine(text), page.width - indent.length);
}

/** A text from anywhere over as many lines as it needs, broken between words. */
export function wrapped(text: string, page: Page, indent = INDENT): readonly string[] {
  const lines: string[] = [];
  for (const word of safeLine(text).split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < page.width - indent.length)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((text, index) => line(text, page, index === 0 ? indent : `${indent}${INDENT}`));
}

/** A heading over indented lines; nothing where there are none. */
export function under(heading: string, lines: readonly string[], page: Page): readonly string[] {
  return lines.length === 0 ? [] : ['', page.colors.bold(heading), ...lines];
}

/** Rows with their columns aligned, numbers to the right. */
export function aligned(
  rows: readonly (readonly (string | number)[])[],
  page: Page,
  indent = INDENT,
): readonly string[] {
  if (rows.length === 0) return [];
  const table = new Table({ chars: NO_BORDERS, style: NO_STYLE });
  for (const row of rows)
    table.push(
      row.map((cell) =>
        typeof cell === 'number'
          ? { content: String(cell), hAlign: 'right' }
          : { content: cut(safeLine(cell), page.width) },
      ),
    );
  return table
    .toString()
    .split('\n')
    .map((row) => line(row.trimEnd(), page, indent));
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

const NO_STYLE = { head: [], border: [], 'padding-left': 0, 'padding-right': 0 };
const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
