/** A report as the rows of a sheet, made one at a time. */
import type { Report } from '../report.js';
import { auditColumns } from './audit-columns.js';
import { cellText } from './cell.js';
import { columnsOf, type SheetColumn } from './columns.js';

/** The columns that fit the report: an auditor asks for others than an engineer. */
export function columnsFor({ audit, sections }: Report): readonly SheetColumn[] {
  return audit === null
    ? columnsOf(sections.map(({ rule }) => rule.outputFields))
    : auditColumns(audit);
}

/** The texts of a row for each finding, in the order of the report; null for a missing value. */
export function* rowsOf(
  { findings }: Report,
  columns: readonly SheetColumn[],
): Generator<readonly (string | null)[]> {
  let number = 0;
  for (const finding of findings) {
    number += 1;
    yield columns.map(({ valueIn }) => cellText(valueIn(finding, number)));
  }
}
