/** Why a report is not complete. What causes the exit code 3 is a loss; the rest only casts doubt. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { DAY } from '../../cloudtrail/time/window.js';
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report, Warning } from '../report.js';
import { causesThree, codesOf, weighs, type WarningCode } from '../warnings.js';
import type { Evidence, MissingCause } from './completeness.js';
import { accountName, reportScope } from './scope.js';
import { nameText, namesText } from './words.js';

/** Reasons that are said. The others stand in the report too: as warnings, hints, lost files, or hours without records. */
export const SHOWN = 5;
/** In columns. */
const LONGEST = 400;

interface Reasons {
  readonly losses: readonly string[];
  readonly doubts: readonly string[];
}

interface Request extends Pick<Evidence, 'hints' | 'moreHints'> {
  /** Whether a period without a beginning or an end is a doubt. */
  readonly mustHaveBounds: boolean;
}

/** The gravest first. A hunt that looked at nothing is not complete, whatever the user expects of it. */
export function reasonsOf(
  report: Omit<Report, 'completeness'>,
  { hints, moreHints, mustHaveBounds }: Request,
): Reasons {
  const warnings = distinct([
    ...report.warnings,
    ...report.sections.flatMap((section) => section.warnings),
  ]);
  const messages = (isWanted: (warning: Warning) => boolean): readonly string[] =>
    warnings.filter(isWanted).map(({ message }) => message);
  const ofCodes = (codes: readonly WarningCode[]): readonly string[] =>
    codes.flatMap((wanted) => messages(({ code }) => code === wanted));
  const losses = new Set([
    ...gravestFirst(warnings),
    ...lossReasons(report),
    ...messages((one) => causesThree(one, false) && !weighs(one, 'grave loss')),
  ]);
  const doubts = new Set([
    ...ofCodes(codesOf('doubt')),
    ...silentAccounts(report),
    ...silentDays(report, warnings),
    ...ofCodes(codesOf('small doubt')),
    ...(mustHaveBounds ? openPeriod(report) : []),
    ...hintReasons(hints, moreHints),
  ]);
  // Each reason stands once, and what is lost is not in doubt.
  return { losses: [...losses], doubts: [...doubts].filter((doubt) => !losses.has(doubt)) };
}

/** One of each kind first: the line of a report says only the first reasons. */
function gravestFirst(warnings: readonly Warning[]): readonly string[] {
  const grave = codesOf('grave loss').map((wanted) =>
    warnings.filter(({ code }) => code === wanted),
  );
  return [
    ...grave.flatMap(([first]) => first ?? []),
    ...grave.flatMap(([, ...others]) => others),
  ].map(({ message }) => message);
}

/** A hint proves nothing, so it is told as one, and last. */
function hintReasons(hints: readonly MissingCause[], more: number): readonly string[] {
  const [first] = hints;
  if (first === undefined) return [];
  const count = hints.length + more;
  return [
    `a hint: ${nameText(first.effect)} without ${nameText(first.cause)} before it${count > 1 ? `, and ${count - 1} more` : ''}`,
  ];
}

function lossReasons({ files, ruleFiles }: Pick<Report, 'files' | 'ruleFiles'>): readonly string[] {
  const [lost, refused] = [files.unreadable.length, ruleFiles.refused.length];
  return [
    ...(lost > 0
      ? [`${counted(lost, 'file or record', 'files or records')} could not be read`]
      : []),
    ...(refused > 0 ? [`${counted(refused, 'rule')} could not be used`] : []),
  ];
}

/** Without bounds, nobody can notice what is missing before the first record and after the last. */
function openPeriod({ window: { since, until } }: Pick<Report, 'window'>): readonly string[] {
  if (since !== null && until !== null) return [];
  const end = since !== null ? 'end' : until !== null ? 'beginning' : 'beginning and no end';
  return [`the period has no ${end}: see --period`];
}

/** Of rules about every account, no warning says that an account of hunt.yml has no record. */
function silentAccounts(report: Omit<Report, 'completeness'>): readonly string[] {
  const { isEveryAccount, ids, names, records } = reportScope(report);
  const silent = ids.filter((id) => !records.has(id));
  if (!isEveryAccount || silent.length === 0) return [];
  return [
    `no record of ${namesText(
      silent.map((id) => accountName(id, names)),
      SHOWN,
    )}`,
  ];
}

/** Accounts in use have records every day. A gap that a warning names as one of all accounts is not named again. */
function silentDays(
  { coverage }: Pick<Report, 'coverage'>,
  warnings: readonly Warning[],
): readonly string[] {
  const named = warnings.flatMap(({ silent }) => silent ?? []);
  const long = coverage.hours.gaps
    .filter(({ since, until }) => Date.parse(until) - Date.parse(since) >= DAY)
    .filter((gap) => !named.some(({ since, until }) => since === gap.since && until === gap.until))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const spans = long
    .slice(0, SHOWN)
    .map(({ since, until }) => `${minuteText(since)} to ${minuteText(until)}`);
  const more = long.length - spans.length;
  return spans.length === 0
    ? []
    : [
        `no account has a record from ${spans.join(', ')}${more > 0 ? ` and in ${more} more gaps` : ''}`,
      ];
}

/** Several rules may have the same warning. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

/** Bounded. */
export function firstReasons(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - SHOWN;
  return [
    ...reasons.slice(0, SHOWN).map((reason) => truncate(reason, LONGEST)),
    ...(more > 0 ? [`${counted(more, 'more reason')}, in the rest of the report`] : []),
  ];
}
