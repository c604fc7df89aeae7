/** One rule in the table: its findings, and how the records came down to them. */
import type { Exclusion, Report, RuleSummary, Section, Warning } from '../report.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import { findingLines } from './finding.js';
import { beside, counted, line, under, warningLines, wrapped, type Page } from './lines.js';

const HIDDEN_SHOWN = 3;
const CONDITION_LINES = 6;
const PRINCIPAL = 176;
const AGENT = 96;

/** The lines of a section. */
export function* sectionLines(section: Section, report: Report, page: Page): Generator<string> {
  const { findings, exclusions } = section;
  // Of many rules most find nothing: what they say of that is enough, and whom an exclusion hid.
  const brief = findings.length === 0 && report.sections.length > 1;
  yield* titleLines(section.rule, page);
  yield* under(
    counted(findings.length, 'finding'),
    findings.length === 0 ? wrapped(whyNone(section, report), page) : findingLines(findings, page),
    page,
  );
  yield* under('Warnings', warningLines(newWarnings(section, report), page), page);
  yield* under('From records to findings', brief ? [] : funnelLines(section, page), page);
  yield* under(
    'Exclusions, and what each alone kept out',
    exclusions
      .filter(({ hidden }) => !brief || hidden > 0)
      .flatMap((exclusion) => exclusionLines(exclusion, page)),
    page,
  );
  yield* under('What to do', findings.length === 0 ? [] : adviceLines(section.rule, page), page);
}

/** The warnings that no section before has said already. */
function newWarnings(section: Section, { sections }: Report): readonly Warning[] {
  const before = sections.slice(0, sections.indexOf(section)).flatMap(({ warnings }) => warnings);
  return section.warnings.filter(({ message }) => !before.some((said) => said.message === message));
}

function adviceLines({ runbook, reference }: RuleSummary, page: Page): readonly string[] {
  return [runbook, reference].flatMap((text) =>
    text === null ? [] : wrapped(safeLine(text), page),
  );
}

function titleLines(rule: RuleSummary, page: Page): readonly string[] {
  const attack = rule.mitre
    .map(({ tactic, technique }) => [tactic, technique].flatMap((one) => (one ? [label(one)] : [])))
    .map((labels) => labels.join(' › '));
  const facts = [`${rule.severity} severity`, rule.id, ...attack];
  const color = severityColor(rule.severity, page);
  return [
    page.colors.bold(line(rule.name, page, '')),
    ...wrapped(facts.join(' · '), page, '').map((text) => color(text)),
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
function whyNone({ funnel }: Section, { files, source }: Report): string {
  const read = funnel[0]?.events ?? 0;
  const lost = files.unreadable.length;
  const but =
    lost === 0
      ? ''
      : ` But ${counted(lost, 'file or record', 'files or records')} could not be read.`;
  const inFiles =
    files.read === null ? `in ${source.table}` : `in ${counted(files.read, 'log file')}`;
  if (read === 0) return `No record was read ${inFiles}: this zero says nothing.${but}`;
  const records = `Of ${counted(read, 'record')} ${inFiles}`;
  const end = funnel.findIndex(({ events }) => events === 0);
  const before = funnel[end - 1];
  const stage = funnel[end];
  if (before === undefined || stage === undefined) return `${records}, none was found.${but}`;
  const none = `none ${passing(stage.stage)}`;
  if (end === 1) return `${records}, ${none}.${but}`;
  const earlier = isTest(before.stage) ? 'passed every test before' : passing(before.stage);
  return `${records}, ${before.events} ${earlier}; of those ${none}.${but}`;
}

function isTest(stage: string): boolean {
  return stage !== 'event names' && stage !== 'in window';
}

function passing(stage: string): string {
  if (isTest(stage)) return `passed: ${stage}`;
  return stage === 'in window' ? 'lay in the window' : "had one of the rule's event names";
}

function funnelLines({ funnel, repeats, undated }: Section, page: Page): readonly string[] {
  const notes = [
    ...(repeats.removed > 0 ? [`${counted(repeats.removed, 'repeated record')} counted once`] : []),
    ...(repeats.conflicting > 0
      ? [`${counted(repeats.conflicting, 'event')} whose repeats differ`]
      : []),
    ...(undated > 0 ? [`${counted(undated, 'event')} without a readable time`] : []),
  ];
  const digits = Math.max(...funnel.map(({ events }) => String(events).length));
  return [
    // Lists of accounts make long conditions.
    ...funnel.flatMap(({ stage, events }) =>
      beside(`  ${String(events).padStart(digits)}  `, stage, page, CONDITION_LINES),
    ),
    ...(notes.length > 0 ? wrapped(`(${notes.join('; ')})`, page) : []),
  ];
}

function exclusionLines({ condition, applied, hidden, by }: Exclusion, page: Page) {
  if (!applied) return beside('  dropped  ', condition, page, CONDITION_LINES);
  const head = beside(`  ${hidden} hidden by  `, condition, page, CONDITION_LINES);
  const more = by.slice(HIDDEN_SHOWN);
  const others = more.reduce((total, { events }) => total + events, 0);
  const shown = by.slice(0, HIDDEN_SHOWN);
  const digits = Math.max(...shown.map(({ events }) => String(events).length));
  return [
    ...(hidden > 0 ? head.map((row) => page.colors.yellow(row)) : head),
    ...shown.flatMap(({ principal, userAgent, events }) => {
      const who = truncate(safeLine(principal ?? 'nobody named'), PRINCIPAL);
      const agent = truncate(safeLine(userAgent ?? 'no user agent'), AGENT);
      return beside(`      ${String(events).padStart(digits)}  `, `${who} · ${agent}`, page);
    }),
    ...(more.length > 0 ? [line(`and ${others} by ${more.length} more`, page, '      ')] : []),
  ];
}
