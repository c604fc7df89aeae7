/** The findings as CSV, safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../text/safe-text.js';
import type { Report } from './report.js';
import { columnsFor, rowsOf } from './sheet/rows.js';

// Characters that start a formula in a spreadsheet (ASCII and full-width forms), after invisible ones that it skips.
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]|[\s\p{Cc}\p{Cf}\p{DI}]*[\t\r])/u;
const number = /^(?:[+-]?\d+(?:\.\d+)?|-)$/;

/** A header, and a row for each finding, in the order of the report. */
export function* renderCsv(report: Report): Generator<string> {
  const columns = columnsFor(report);
  yield rowText(columns.map(({ name }) => cell(name)));
  for (const row of rowsOf(report, columns)) yield rowText(row.map(cell));
}

function rowText(cells: readonly string[]): string {
  return stringify([cells], { record_delimiter: '\n' });
}

/** A cell that no spreadsheet takes for a formula, without invisible characters; empty for a missing value. */
function cell(text: string | null): string {
  if (text === null) return '';
  const shown = safeCell(text);
  return formula.test(text) && !number.test(text) ? `'${shown}` : shown;
}
