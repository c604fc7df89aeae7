/** How far the answer of a report can be trusted, in a few lines below it. A zero is good only where nothing speaks against it. */
import { counted } from '../../../text/counted.js';
import type { Report } from '../../report.js';
import type { WarningCode } from '../../warnings.js';
import { behindNothing, recordsInWindow } from '../nothing.js';
import { historyAnswer } from '../history.js';
import { reasonForNone } from '../section/zero.js';
import { text, type Text } from '../text.js';
import { timeSpan } from '../words.js';

export interface TrustLine {
  /** `void`: a zero that says nothing. */
  readonly level: 'good' | 'plain' | 'caution' | 'void' | 'loss';
  readonly text: Text;
}

/** With one of these a zero proves nothing. */
const VOID: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'ACCOUNT_ID_MALFORMED',
  'ACCOUNT_WITHOUT_RECORDS',
  'COVERAGE_GAP',
  'DAYS_WITHOUT_RECORDS',
  'FIELDS_UNREADABLE',
  'NOBODY_FOUND',
  'NO_ACCOUNT_MATCHES',
  'NO_EVENTS',
  'NO_RECORDS',
  'OUTPUT_CUT_OFF',
  'PARAMETER_EMPTY',
  'PARTITIONS_MISSING',
  'REGION_WITHOUT_RECORDS',
  'UNDATED_MATCH',
  'WINDOW_OUTSIDE_LOGS',
]);

export function trustLines(report: Report): readonly TrustLine[] {
  const { findings, sections, warnings } = report;
  const losses = lossLines(report);
  const count = sections.reduce((sum, section) => sum + section.warnings.length, warnings.length);
  const others = [historyAnswer(report), behindNothing(report)].flatMap(
    (one): readonly TrustLine[] => (one === null ? [] : [{ level: 'plain', text: one }]),
  );
  return [
    ...losses,
    ...(findings.length === 0 ? zeroLines(report, losses.length > 0) : []),
    ...(losses.length === 0 && findings.length > 0 ? readLines(report) : []),
    ...(count === 0
      ? []
      : [{ level: 'caution', text: [`${counted(count, 'warning')}, below`] } as const]),
    ...others,
    { level: 'plain', text: spanText(report) },
  ];
}

function lossLines({ files, ruleFiles }: Report): readonly TrustLine[] {
  const { unreadable } = files;
  const { refused } = ruleFiles;
  return [
    ...(unreadable.length === 0
      ? []
      : [
          {
            level: 'loss',
            text: [
              `Evidence was lost: ${counted(unreadable.length, 'file, or a part of one,', 'files or parts of files')} could not be read, so there may be more`,
            ],
          } as const,
        ]),
    ...(refused.length === 0
      ? []
      : [
          {
            level: 'loss',
            text: [
              `${counted(refused.length, 'rule was', 'rules were')} not used: what it looks for was not looked for`,
            ],
          } as const,
        ]),
  ];
}

function readLines({ files }: Report): readonly TrustLine[] {
  if (files.read === null) return [];
  return [{ level: 'good', text: [`Every log file was read: ${counted(files.read, 'file')}`] }];
}

function zeroLines(report: Report, isLost: boolean): readonly TrustLine[] {
  const { coverage, sections, warnings } = report;
  const all = [...warnings, ...sections.flatMap((section) => section.warnings)];
  const isVoid =
    isLost || recordsInWindow(coverage) === 0 || all.some(({ code }) => VOID.has(code));
  const [section, ...others] = sections;
  const why =
    section === undefined || others.length > 0
      ? []
      : [{ level: 'plain', text: reasonForNone(section, report) } as const];
  return [
    isVoid
      ? {
          level: 'void',
          text: [
            'This zero does not say that there was nothing: see the warnings and what was read',
          ],
        }
      : {
          level: 'good',
          text: ['Nothing speaks against this zero, as far as hunt can tell'],
        },
    ...why,
  ];
}

function spanText({ coverage, window }: Report): Text {
  const { first, last } = coverage;
  const records = counted(recordsInWindow(coverage), 'record');
  const span = first === null || last === null ? '' : `, of ${timeSpan(first, last)}`;
  const asked =
    window.since === null && window.until === null
      ? 'The question was about all of time'
      : `The question was about ${timeSpan(window.since, window.until)}`;
  return text`${[records]}${[span]}. ${[asked]}. Times are UTC.`;
}
