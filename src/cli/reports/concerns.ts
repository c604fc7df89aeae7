/**
 * What a scheduled run must say on stderr: why the exit code is 3, always; and the warnings and the lost evidence, if no report
 * for people is printed.
 */
import type { Report, Warning } from '../../report/report.js';
import { causesThree } from '../../report/warnings.js';
import { pushTo } from '../../memory/grouped.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import { refusedText } from '../errors/refused-rules.js';

const UNREADABLE_SHOWN = 20;
const REASONS_SHOWN = 20;
/** In columns. A log must not flood a terminal; the report has the whole text. */
const LONGEST = 1000;

/** Lines with the warnings of the report, and with what could not be read. Without the warnings of `reasonsForThree`. */
export function concerns(report: Report, allowEmpty: boolean): readonly string[] {
  const { files, completeness } = report;
  const lost = files.unreadable.map(
    ({ path, reason }) => `hunt: could not read ${safeLine(path)}: ${safeLine(reason)}`,
  );
  const more = lost.length - UNREADABLE_SHOWN;
  return [
    ...warningLines(report, (warning) => !causesThree(warning, allowEmpty)).map(
      (line) => `hunt: warning: ${line}`,
    ),
    ...lost.slice(0, UNREADABLE_SHOWN),
    ...(more > 0 ? [`hunt: could not read ${more} more; the json report names them all`] : []),
    ...problemLines(completeness),
    // Where the exit code is 3, its reasons say it.
    ...(causesOfThree(report, allowEmpty).length > 0
      ? []
      : [`hunt: ${safeLine(completeness.sentence)}`]),
  ];
}

/** The files that are missing, altered or added, of which the warnings only say how many there are. */
function problemLines({ digests, deliveries }: Report['completeness']): readonly string[] {
  const lines = [
    ...(digests?.problems ?? []).map(
      ({ kind, path, message }) => `${kind}: ${path === null ? '' : `${path}: `}${message}`,
    ),
    ...(deliveries?.missing ?? []).map(
      ({ bucket, key }) => `delivered and not here: s3://${bucket}/${key}`,
    ),
  ];
  const more = lines.length - UNREADABLE_SHOWN;
  return [
    ...lines.slice(0, UNREADABLE_SHOWN).map((line) => `hunt: ${safeLine(truncate(line, LONGEST))}`),
    ...(more > 0 ? [`hunt: ${more} more such files; the json report names them`] : []),
  ];
}

/** Lines that say why the exit code is 3; none if it is not 3. */
export function reasonsForThree(report: Report, allowEmpty: boolean): readonly string[] {
  return causesOfThree(report, allowEmpty).map((cause) => `hunt: exit code 3: ${cause}`);
}

/** Why the hunt is not complete; none if it is. */
export function causesOfThree(report: Report, allowEmpty: boolean): readonly string[] {
  const reasons = [
    ...lossReason(report.files.unreadable),
    ...refusalReason(report.ruleFiles.refused),
    ...warningLines(report, (warning) => causesThree(warning, allowEmpty)),
  ];
  const more = reasons.length - REASONS_SHOWN;
  return [
    ...reasons.slice(0, REASONS_SHOWN),
    ...(more > 0 ? [`${more} more reasons; the json report has them all`] : []),
  ];
}

function lossReason(unreadable: Report['files']['unreadable']): readonly string[] {
  const [first] = unreadable;
  if (first === undefined) return [];
  const others = unreadable.length - 1;
  const more = others === 0 ? '' : ` (and ${others} more)`;
  return [
    `evidence was lost: could not read ${safeLine(first.path)}: ${safeLine(first.reason)}${more}`,
  ];
}

function refusalReason(refused: Report['ruleFiles']['refused']): readonly string[] {
  const [first] = refused;
  if (first === undefined) return [];
  const { file, line, column, reason } = first;
  const more = refused.length === 1 ? '' : ` (and ${refused.length - 1} more)`;
  return [
    `${refusedText(refused.length)}: ${safeLine(`${file}:${line}:${column}: ${reason}`)}${more}`,
  ];
}

/** Each chosen warning once. One of a section names its rules, unless all rules have it. */
function warningLines(
  { warnings, sections }: Report,
  isChosen: (warning: Warning) => boolean,
): readonly string[] {
  const rules = new Map<string, string[]>();
  for (const { rule, warnings: own } of sections)
    for (const warning of own.filter(isChosen)) pushTo(rules, warningLine(warning), rule.id);
  return [
    ...warnings.filter(isChosen).map(warningLine),
    ...[...rules].map(([line, ids]) =>
      ids.length === sections.length ? line : `${ids.map(safeLine).join(', ')}: ${line}`,
    ),
  ];
}

function warningLine({ code, message }: Warning): string {
  return `${safeLine(truncate(message, LONGEST))} [${code}]`;
}
