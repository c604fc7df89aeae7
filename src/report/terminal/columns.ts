/** Aligns the cells of rows in columns. */
import { safeLine } from '../../text/safe-text.js';
import { columnsIn, truncate } from '../../text/width.js';
import { plainText, type Text } from '../page/text.js';
import { oneLine } from './lines.js';
import type { Screen } from './screen.js';

type Row = readonly Text[];

/** How wide each column must be for these rows. */
export function columnWidths(rows: Iterable<Row>, screen: Screen): readonly number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, columnsIn(fitted(cell, screen)));
  return widths;
}

/** A row as a line, with its cells in columns of these widths. */
export function aligned(row: Row, widths: readonly number[], screen: Screen): string {
  const cells = row.map((cell, column) => {
    const text = fitted(cell, screen);
    return text + ' '.repeat(Math.max((widths[column] ?? 0) - columnsIn(text), 0));
  });
  return oneLine([cells.join('  ')], screen);
}

function fitted(cell: Text, screen: Screen): string {
  return truncate(safeLine(plainText(cell)), screen.width);
}
