/** The findings as CSV, safe to open in a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import { isObject, type Json } from '../cloudtrail/json.js';
import type { Finding, Report } from './report.js';
import { safeCell } from '../text/safe-text.js';

type Column = readonly [name: string, value: (finding: Finding) => string | null];

const COLUMNS: readonly Column[] = [
  ['eventTime', (finding) => finding.eventTime],
  ['eventName', (finding) => finding.eventName],
  ['eventSource', (finding) => finding.eventSource],
  ['awsRegion', (finding) => finding.awsRegion],
  ['recipientAccountId', (finding) => finding.recipientAccountId],
  ['sourceIPAddress', (finding) => finding.sourceIPAddress],
  ['userAgent', (finding) => finding.userAgent],
  ['userIdentity', (finding) => jsonText(finding.userIdentity)],
  ['userIdentity.type', (finding) => memberText(finding.userIdentity, 'type')],
  ['userIdentity.arn', (finding) => memberText(finding.userIdentity, 'arn')],
  ['eventID', (finding) => finding.eventID],
  ['requestParameters', (finding) => jsonText(finding.requestParameters)],
  ['source', (finding) => finding.source],
];

// What spreadsheets skip before a formula, and what starts one: ASCII and full-width forms.
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{DI}]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05]|[\s\p{Cc}\p{Cf}\p{DI}]*[\t\r])/u;
const harmless = /^(?:[+-]?\d+(?:\.\d+)?|-)$/;

/** One finding a row under a header; a leading `rule` column where the report has several sections. */
export function* renderCsv(report: Report): Generator<string> {
  const several = report.sections.length > 1;
  const names = COLUMNS.map(([name]) => name);
  yield rowText(several ? ['rule', ...names] : names);
  for (const { rule, findings } of report.sections)
    for (const finding of findings) {
      const cells = COLUMNS.map(([, value]) => cell(value(finding)));
      yield rowText(several ? [cell(rule.id), ...cells] : cells);
    }
}

function rowText(cells: readonly string[]): string {
  return stringify([cells], { record_delimiter: '\n' });
}

/** A cell that no spreadsheet takes for a formula, and in which nothing invisible hides. */
function cell(text: string | null): string {
  if (text === null) return '';
  const shown = safeCell(text);
  return formula.test(text) && !harmless.test(text) ? `'${shown}` : shown;
}

function jsonText(value: Json): string | null {
  return value === null ? null : JSON.stringify(value);
}

function memberText(value: Json, name: string): string | null {
  const member = isObject(value) ? value[name] : undefined;
  if (member === undefined || member === null) return null;
  return typeof member === 'string' ? member : JSON.stringify(member);
}
