/** The findings as CSV, safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import type { Json } from '../../cloudtrail/json.js';
import { safeCell } from '../../text/safe-text.js';
import type { Report } from '../report.js';
import { columnsOf } from './columns.js';

// Characters that start a formula in a spreadsheet (ASCII and full-width forms), after invisible ones that it skips.
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]|[\s\p{Cc}\p{Cf}\p{DI}]*[\t\r])/u;
const number = /^(?:[+-]?\d+(?:\.\d+)?|-)$/;

/** A header, and a row for each finding. If several rules were asked for, the first column is the rule. */
export function* renderCsv(report: Report): Generator<string> {
  const { sections, ruleFiles } = report;
  const columns = columnsOf(sections.map(({ findings }) => findings.outputFields ?? []));
  // As many rules as were asked for: the columns must not depend on what the table has.
  const isMixed =
    sections.length + ruleFiles.refused.filter(({ rule }) => rule !== null).length > 1;
  const names = columns.map(({ name }) => cell(name));
  yield rowText(isMixed ? ['rule', ...names] : names);
  for (const { rule, findings } of sections)
    for (const finding of findings) {
      const cells = columns.map(({ valueIn }) => cell(textOf(valueIn(finding))));
      yield rowText(isMixed ? [cell(rule.id), ...cells] : cells);
    }
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

function textOf(value: Json): string | null {
  return value === null || typeof value === 'string' ? value : JSON.stringify(value);
}
