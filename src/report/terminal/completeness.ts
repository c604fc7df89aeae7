/** How far the table's numbers can be trusted: what was read, what was not, and which hours and accounts it covers. */
import type { SkipCount, CoveredScope, Report } from '../report.js';
import { safeLine } from '../../text/safe-text.js';
import { truncateStart } from '../../text/width.js';
import { bytesText } from '../../text/bytes-text.js';
import {
  beside,
  counted,
  instant,
  line,
  under,
  warningLines,
  wrapped,
  type Page,
} from './lines.js';

const UNREADABLE_SHOWN = 10;
const COVERED_SHOWN = 12;
const GAPS_SHOWN = 3;
const LONGEST_PATH = 160;
const REASON_LINES = 4;

/** The lines on completeness. */
export function accountLines(report: Report, page: Page): readonly string[] {
  const { files, warnings } = report;
  const { colors } = page;
  return [
    colors.bold('What was read'),
    ...summaryLines(report, page),
    ...under(
      `${counted(files.unreadable.length, 'file or record', 'files or records')} could not be read: evidence was lost`,
      unreadableLines(report, page),
      page,
    ),
    ...under('Warnings about the logs', warningLines(warnings, page), page),
  ];
}

/** The end, which is still on the screen when the rest has scrolled away. */
export function verdictLines({ sections, files, warnings }: Report, page: Page): readonly string[] {
  const { bold, red, yellow } = page.colors;
  const findings = sections.reduce((total, section) => total + section.findings.length, 0);
  const cautions = sections.reduce((n, section) => n + section.warnings.length, warnings.length);
  const lost = files.unreadable.length;
  return [
    bold(line(counted(findings, 'finding'), page, '')),
    ...(cautions > 0 ? [yellow(line(counted(cautions, 'warning'), page, ''))] : []),
    ...(lost > 0 ? [red(line(`${lost} unreadable: the hunt is not complete`, page, ''))] : []),
  ];
}

function summaryLines(report: Report, page: Page): readonly string[] {
  const rows = summary(report);
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.flatMap(([label, text]) => beside(`  ${label.padEnd(width)}  `, text, page));
}

type Row = readonly [label: string, text: string];

function summary({ window, files, coverage, source }: Report): readonly Row[] {
  const { first, last, hours, accounts, regions } = coverage;
  return [
    ['window', span(window.since, window.until)],
    ['logs', first === null && last === null ? 'no dated record' : span(first, last)],
    ['hours', `${hours.covered} with records, ${hours.empty} without`],
    ...hours.gaps.slice(0, GAPS_SHOWN).map(({ since, until }): Row => ['gap', span(since, until)]),
    ['accounts', coveredText(accounts)],
    ['regions', coveredText(regions)],
    ...(files.read === null ? [] : [['files read', String(files.read)] as const]),
    ...countRow('files skipped', files.skipped),
    ...countRow('no events', files.skippedRecords),
    ...(files.repairedSurrogates > 0
      ? [['repaired', counted(files.repairedSurrogates, 'unpaired surrogate')] as const]
      : []),
    ...(source.table === null
      ? [['paths', source.paths.join(', ')] as const]
      : [['table', source.table] as const]),
    ...executionRows(source),
    ...(source.config
      ? [['config', `${source.config.path} (${source.config.sha256})`] as const]
      : []),
    ...(source.missingFields.length > 0
      ? [['not there', source.missingFields.join(', ')] as const]
      : []),
  ];
}

function executionRows({ execution, engine }: Report['source']): readonly Row[] {
  if (execution === null) return [];
  const { queries, bytes, milliseconds, cost } = execution;
  const price =
    cost && `about ${cost.amount.toFixed(2)} ${cost.currency} at ${cost.pricePerTerabyte} a TB`;
  const seconds = `${(milliseconds / 1000).toFixed(1)} s of ${engine}'s time`;
  const parts = [counted(queries.length, 'query', 'queries'), `${bytesText(bytes)} read`, seconds];
  return [['run', [...parts, ...(price ? [price] : [])].join(', ')]];
}

function span(since: string | null, until: string | null): string {
  if (since === null && until === null) return 'all of time';
  const from = since === null ? 'the beginning' : instant(since);
  return `${from} to ${until === null ? 'the end' : instant(until)}`;
}

function coveredText(covered: readonly CoveredScope[]): string {
  if (covered.length === 0) return 'none';
  const more = covered.length - COVERED_SHOWN;
  const busiest = covered.toSorted((a, b) => b.events - a.events).slice(0, COVERED_SHOWN);
  const texts = busiest.map(({ name, events }) => `${name ?? 'none named'} (${events})`);
  return `${texts.join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}

function countRow(title: string, counts: readonly SkipCount[]): readonly Row[] {
  if (counts.length === 0) return [];
  return [[title, counts.map(({ reason, count }) => `${count} ${reason}`).join(', ')]];
}

function unreadableLines({ files: { unreadable } }: Report, page: Page): readonly string[] {
  const more = unreadable.length - UNREADABLE_SHOWN;
  return [
    ...unreadable.slice(0, UNREADABLE_SHOWN).flatMap(({ path, reason }) => {
      // The end of a path says which file it is, and the reason must not fall off the page behind it.
      const text = `${truncateStart(safeLine(path), LONGEST_PATH)}: ${reason}`;
      return wrapped(text, page, '  ', REASON_LINES).map((row) => page.colors.red(row));
    }),
    ...(more > 0 ? [line(`and ${more} more`, page)] : []),
  ];
}
