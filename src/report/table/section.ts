/** One rule in the table: its findings, and how the records came down to them. */
import type { Exclusion, Report, RuleSummary, Section } from '../report.js';
import { safeLine } from '../safe-text.js';
import { findingLines } from './finding.js';
import { aligned, counted, line, under, warningLines, wrapped, type Page } from './page.js';

const HIDDEN_SHOWN = 3;

/** The lines of a section. */
export function sectionLines(section: Section, report: Report, page: Page): readonly string[] {
  const { findings, warnings, exclusions } = section;
  return [
    ...titleLines(section.rule, page),
    ...under(
      counted(findings.length, 'finding'),
      findings.length === 0
        ? wrapped(whyNone(section, report), page)
        : findings.flatMap((finding) => findingLines(finding, page)),
      page,
    ),
    ...under('Warnings', warningLines(warnings, page), page),
    ...under('From records to findings', funnelLines(section, page), page),
    ...under(
      'Exclusions, and what each alone kept out',
      exclusions.flatMap((exclusion) => exclusionLines(exclusion, page)),
      page,
    ),
  ];
}

function titleLines(rule: RuleSummary, page: Page): readonly string[] {
  const attack = rule.mitre
    .map(({ tactic, technique }) => [label(tactic), ...(technique ? [label(technique)] : [])])
    .map((labels) => labels.join(' › '));
  return [
    page.colors.bold(line(rule.name, page, '')),
    severityColor(
      rule.severity,
      page,
    )(line([`${rule.severity} severity`, rule.id, ...attack].join(' · '), page, '')),
  ];
}

function label({ id, name }: { readonly id: string; readonly name: string | null }): string {
  return name === null ? id : `${id} ${name}`;
}

function severityColor(severity: string, { colors }: Page): (text: string) => string {
  if (/^(?:critical|high)$/i.test(severity)) return colors.red;
  return /^medium$/i.test(severity) ? colors.yellow : (text) => text;
}

/** A zero must say why: what was read, and at which stage nothing was left. */
function whyNone({ funnel }: Section, { files }: Report): string {
  const read = funnel[0]?.events ?? 0;
  const lost = files.unreadable.length;
  const but =
    lost === 0
      ? ''
      : ` But ${counted(lost, 'file or record', 'files or records')} could not be read.`;
  const from = `${counted(read, 'record')} in ${counted(files.read, 'file')}`;
  if (read === 0)
    return `No record was read (${counted(files.read, 'log file')}): this zero says nothing.${but}`;
  const end = funnel.findIndex(({ events }) => events === 0);
  const before = funnel[end - 1];
  const stage = funnel[end];
  if (before === undefined || stage === undefined) return `Of ${from}, none was found.${but}`;
  const left =
    end === 1
      ? `Of ${from}`
      : `Of ${from}, ${before.events} came as far as: ${before.stage}. Of those`;
  return `${left}, none passed: ${stage.stage}.${but}`;
}

function funnelLines({ funnel, repeats, undated }: Section, page: Page): readonly string[] {
  const notes = [
    ...(repeats.removed > 0 ? [`${counted(repeats.removed, 'repeated record')} counted once`] : []),
    ...(repeats.conflicting > 0
      ? [`${counted(repeats.conflicting, 'event')} whose repeats differ`]
      : []),
    ...(undated > 0 ? [`${counted(undated, 'event')} without a readable time`] : []),
  ];
  return [
    ...aligned(
      funnel.map(({ stage, events }) => [events, stage]),
      page,
    ),
    ...(notes.length > 0 ? [line(`(${notes.join('; ')})`, page)] : []),
  ];
}

function exclusionLines({ condition, applied, hidden, by }: Exclusion, page: Page) {
  if (!applied) return [line(`dropped  ${condition}`, page)];
  const more = by.slice(HIDDEN_SHOWN);
  const others = more.reduce((total, { events }) => total + events, 0);
  const head = line(`${hidden} hidden by  ${condition}`, page);
  return [
    hidden > 0 ? page.colors.yellow(head) : head,
    ...aligned(
      by
        .slice(0, HIDDEN_SHOWN)
        .map(({ principal, userAgent, events }) => [
          events,
          `${safeLine(principal ?? 'nobody named')} · ${userAgent ?? 'no user agent'}`,
        ]),
      page,
      '      ',
    ),
    ...(more.length > 0 ? [line(`and ${others} by ${more.length} more`, page, '      ')] : []),
  ];
}
