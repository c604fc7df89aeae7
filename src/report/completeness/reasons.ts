/** Whether the evidence of a report is complete, and why not. The same reasons cause the exit code 3; others only cast doubt. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report, Warning } from '../report.js';
import { causesThree, type WarningCode } from '../warnings.js';
import type { AuditedAccount, Conclusion } from '../audit/audit.js';

/** Warnings that something may be missing that nobody can name. */
const DOUBTS: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'ACCOUNT_ID_MALFORMED',
  'COVERAGE_GAP',
  'DAYS_WITHOUT_RECORDS',
  'FIELD_OMITTED',
  'FIELD_UNKNOWN',
  'LATE_DELIVERY',
  'OUTPUT_CUT_OFF',
  'PARAMETER_EMPTY',
  'PARTITIONS_MISSING',
  'PARTITIONS_UNKNOWN',
  'PROJECTION_LISTS',
  'REGION_WITHOUT_RECORDS',
  'WINDOW_STILL_FILLING',
]);

const DAY = 24 * 3_600_000;
/** Reasons that are said. The others are among the warnings of the report. */
const SHOWN = 5;
/** In columns. */
const LONGEST = 400;

export function completenessOf(
  report: Omit<Report, 'completeness'>,
  accounts: readonly AuditedAccount[],
): Pick<Conclusion, 'completeness' | 'because'> {
  const warnings = distinct([
    ...report.warnings,
    ...report.sections.flatMap((section) => section.warnings),
  ]);
  // A hunt that looked at nothing is not complete, whatever the user expects of it.
  const missing = [
    ...lossReasons(report),
    ...warnings.filter((warning) => causesThree(warning, false)).map(({ message }) => message),
  ];
  const doubts = [
    ...warnings.filter(({ code }) => DOUBTS.has(code)).map(({ message }) => message),
    ...openPeriod(report),
    ...silentAccounts(accounts),
    ...silentDays(report, warnings),
  ];
  return {
    completeness: missing.length > 0 ? 'incomplete' : doubts.length > 0 ? 'in doubt' : 'complete',
    because: shortened([...missing, ...doubts]),
  };
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
function silentAccounts(accounts: readonly AuditedAccount[]): readonly string[] {
  const silent = accounts.filter(({ records }) => records === 0);
  if (silent.length === 0) return [];
  const names = silent.slice(0, SHOWN).map(({ id, name }) => name ?? id);
  const more = silent.length - names.length;
  return [`no record of ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`];
}

/** Accounts in use have records every day. A gap that a warning names as one of all accounts is not named again. */
function silentDays(
  { coverage }: Pick<Report, 'coverage'>,
  warnings: readonly Warning[],
): readonly string[] {
  const isOne = coverage.accounts.length === 1;
  const named = warnings.filter(
    ({ code, message }) =>
      code === 'COVERAGE_GAP' && (isOne || message.startsWith('every account ')),
  );
  const long = coverage.hours.gaps
    .filter(({ since, until }) => Date.parse(until) - Date.parse(since) >= DAY)
    .filter(
      ({ since, until }) => !named.some(({ message }) => message.endsWith(`${since} to ${until}`)),
    )
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const spans = long
    .slice(0, SHOWN)
    .map(({ since, until }) => `${shortly(since)} to ${shortly(until)}`);
  const more = long.length - spans.length;
  return spans.length === 0
    ? []
    : [
        `no account has a record from ${spans.join(', ')}${more > 0 ? ` and in ${more} more gaps` : ''}`,
      ];
}

/** `2026-01-31 08:00Z`: gaps begin and end with an hour. */
function shortly(instant: string): string {
  return `${instant.slice(0, 16).replace('T', ' ')}Z`;
}

/** Several rules may have the same warning. */
function distinct(warnings: readonly Warning[]): readonly Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}

function shortened(reasons: readonly string[]): readonly string[] {
  const more = reasons.length - SHOWN;
  return [
    ...reasons.slice(0, SHOWN).map((reason) => truncate(reason, LONGEST)),
    ...(more > 0 ? [`${counted(more, 'more reason')}, among the warnings`] : []),
  ];
}
