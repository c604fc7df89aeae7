/** The line of a file that an error is about, with a mark under the column. */
import { readFileSync, statSync } from 'node:fs';
import type { SourcePosition } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import { columnsIn } from '../../text/width.js';

const MOST_BYTES = 1 << 20;
/** In UTF-16 units. A long line is cut around the column. */
const BEFORE = 80;
const AFTER = 40;

/** Two lines for a terminal; none where the file cannot be read, or has no such line. */
export function sourceExcerpt({ file, line, column }: SourcePosition): readonly string[] {
  const text = lineOf(file, line);
  if (text === undefined || text.trim() === '' || column > text.length + 1) return [];
  const start = Math.max(0, column - 1 - BEFORE);
  const before = safeLine(text.slice(start, column - 1).replaceAll('\t', ' '));
  const after = safeLine(text.slice(column - 1, column - 1 + AFTER).replaceAll('\t', ' '));
  const gutter = `  ${line} | `;
  return [
    `${gutter}${before}${after}`.trimEnd(),
    `${' '.repeat(gutter.length - 2)}| ${' '.repeat(columnsIn(before))}^`,
  ];
}

function lineOf(file: string, line: number): string | undefined {
  try {
    const stats = statSync(file);
    if (!stats.isFile() || stats.size > MOST_BYTES) return undefined;
    return readFileSync(file, 'utf8').split(/\r?\n/)[line - 1];
  } catch {
    return undefined;
  }
}
