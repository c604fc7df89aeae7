/**
 * The findings as a workbook of Excel (Office Open XML). Unlike in CSV, each cell is text: an account keeps its leading zero, and
 * no spreadsheet takes a value for a formula, a number or a date. The rows are compressed one by one, so memory stays bounded.
 */
import { writeXlsxStream } from 'hucre/xlsx';
import { safeCell } from '../text/safe-text.js';
import type { Report } from './report.js';
import { columnsFor, rowsOf } from './sheet/rows.js';

/** In UTF-16 units. Excel calls a workbook damaged if a cell has more. */
const LONGEST_CELL = 32_767;
const CUT = '… (cut: JSON has all)';
/** Excel reads `_x0041_` as the character with this code. The escape of the first underscore keeps the text as it is. */
const CODE = /_(?=x[0-9a-f]{4}_)/gi;

/** A header, and a row for each finding. Excel allows 1,048,576 rows a sheet; further rows are in a further sheet. */
export function renderXlsx(report: Report): AsyncIterable<Uint8Array> {
  const columns = columnsFor(report);
  return writeXlsxStream(cellsOf(rowsOf(report, columns)), {
    name: 'Findings',
    columns: columns.map(({ name, width }) => ({ header: cell(name), width })),
    freezePane: { rows: 1 },
  });
}

function* cellsOf(rows: Iterable<readonly (string | null)[]>): Generator<(string | null)[]> {
  for (const row of rows) yield row.map((text) => (text === null ? null : cell(text)));
}

function cell(text: string): string {
  const escaped = safeCell(text).replace(CODE, '_x005F_');
  return escaped.length > LONGEST_CELL
    ? `${escaped.slice(0, LONGEST_CELL - CUT.length)}${CUT}`
    : escaped;
}
