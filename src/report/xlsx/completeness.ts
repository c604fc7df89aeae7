/** The sheet that says what was read, and what was not: whether a finding that is not in the workbook was looked for. */
import { answerText } from '../page/answer.js';
import { accountNames } from '../page/blocks/account-name.js';
import { plainText } from '../page/blocks/text.js';
import type { CoveredHours, CoveredScope } from '../coverage.js';
import type { Report, SkipCount } from '../report.js';
import { evidenceRows } from './evidence.js';
import type { Row } from './row.js';
import type { CellValue } from './cell.js';
import type { SheetHead } from './workbook.js';

export const COMPLETENESS: SheetHead = {
  name: 'Completeness',
  columns: [
    { name: 'part', width: 20 },
    { name: 'name', width: 60 },
    { name: 'number', width: 12 },
    { name: 'from', width: 26 },
    { name: 'until', width: 26 },
    { name: 'note', width: 80 },
  ],
};

/** The rows below the head of the sheet: part, name, number, from, until, note. */
export function* completenessRows(report: Report): Generator<readonly CellValue[]> {
  for (const [part, { name, number, from, until, note }] of rowsOf(report))
    yield [part, name ?? null, number ?? null, from ?? null, until ?? null, note ?? null];
}

function* rowsOf(report: Report): Generator<readonly [part: string, Row]> {
  const { window, source, files, ruleFiles, coverage, findings } = report;
  yield ['answer', { number: findings.length, note: plainText(answerText(report)) }];
  yield* evidenceRows(report);
  yield ['window', { from: window.since, until: window.until, note: '[from, until)' }];
  yield ['logs', { from: coverage.first, until: coverage.last, note: 'first and last record' }];
  for (const name of source.paths) yield ['path', { name }];
  if (source.table !== null) yield ['table', { name: source.table, note: source.engine }];
  if (source.config !== null)
    yield ['configuration', { name: source.config.path, note: `SHA-256 ${source.config.sha256}` }];
  for (const { option, values } of report.filters)
    yield ['filter', { name: option, note: values.join(', ') }];
  yield ['files read', { number: files.read }];
  yield [
    'lost',
    {
      number: files.unreadable.length,
      note: 'files, records or parts of a table that could not be read',
    },
  ];
  for (const { path, reason } of files.unreadable) yield ['lost', { name: path, note: reason }];
  yield* skipped('files skipped', files.skipped);
  yield* skipped('records skipped', files.skippedRecords);
  for (const { file, line, reason } of ruleFiles.refused)
    yield ['rule not used', { name: `${file}:${line}`, note: reason }];
  yield* skipped('rule files skipped', ruleFiles.skipped);
  yield* warningRows(report);
  yield* coverageRows(report);
}

function* skipped(part: string, counts: readonly SkipCount[]): Generator<readonly [string, Row]> {
  for (const { reason, count } of counts) yield [part, { number: count, note: reason }];
}

function* warningRows({ warnings, sections }: Report): Generator<readonly [string, Row]> {
  for (const { code, message } of warnings) yield ['warning', { name: code, note: message }];
  for (const { rule, warnings: own } of sections)
    for (const { code, message } of own)
      yield ['warning', { name: code, note: `${rule.id}: ${message}` }];
}

/** Accounts and regions with their records, and the hours in which they have none. */
function* coverageRows({ coverage, source }: Report): Generator<readonly [string, Row]> {
  const names = accountNames(source);
  yield* hourRows('all accounts', coverage.hours);
  for (const account of coverage.accounts) {
    const id = account.name ?? 'no account';
    yield ['account', { ...recordsOf(account), name: id, note: names.get(id) ?? null }];
    yield* hourRows(id, account.hours);
    for (const region of account.regions) {
      const name = `${id} ${region.name ?? 'no region'}`;
      yield ['region', { ...recordsOf(region), name }];
      yield* hourRows(name, region.hours);
    }
  }
  if (coverage.uncounted > 0)
    yield ['records', { number: coverage.uncounted, note: 'of further accounts and regions' }];
}

function recordsOf({ events, first, last }: CoveredScope): Row {
  return { number: events, from: first, until: last };
}

function* hourRows(
  name: string,
  { covered, empty, gaps }: CoveredHours,
): Generator<readonly [string, Row]> {
  yield ['hours with records', { name, number: covered }];
  yield ['hours without', { name, number: empty }];
  for (const { since, until } of gaps) yield ['gap', { name, from: since, until }];
}
