/** Whether the evidence of a report is complete, and why not. The same reasons cause the exit code 3; others only cast doubt. */
import { counted } from '../../text/counted.js';
import { truncate } from '../../text/width.js';
import type { Report, Warning } from '../report.js';
import { causesThree, type WarningCode } from '../warnings.js';
import type { Conclusion } from './audit.js';

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

/** Reasons that are said. The others are among the warnings of the report. */
const SHOWN = 5;
/** In columns. */
const LONGEST = 400;

export function completenessOf(report: Report): Pick<Conclusion, 'completeness' | 'because'> {
  const warnings = distinct([
    ...report.warnings,
    ...report.sections.flatMap((section) => section.warnings),
  ]);
  // A hunt that looked at nothing is not complete, whatever the user expects of it.
  const missing = [
    ...lossReasons(report),
    ...warnings.filter((warning) => causesThree(warning, false)).map(({ message }) => message),
  ];
  const doubts = warnings.filter(({ code }) => DOUBTS.has(code)).map(({ message }) => message);
  return {
    completeness: missing.length > 0 ? 'incomplete' : doubts.length > 0 ? 'in doubt' : 'complete',
    because: shortened([...missing, ...doubts]),
  };
}

function lossReasons({ files, ruleFiles }: Report): readonly string[] {
  const [lost, refused] = [files.unreadable.length, ruleFiles.refused.length];
  return [
    ...(lost > 0
      ? [`${counted(lost, 'file or record', 'files or records')} could not be read`]
      : []),
    ...(refused > 0 ? [`${counted(refused, 'rule')} could not be used`] : []),
  ];
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
