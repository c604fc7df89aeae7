/** How far the answer of a report can be trusted, in a few lines below it. A zero is good only where nothing speaks against it. */
import { capitalised } from '../../../text/capitalised.js';
import { counted } from '../../../text/counted.js';
import type { CompletenessVerdict } from '../../completeness/completeness.js';
import type { Report } from '../../report.js';
import { weighs } from '../../warnings.js';
import { behindNothing, isAllOfTime, recordsInWindow, recordsText } from '../nothing.js';
import { historyAnswer } from '../resource/answer.js';
import { reasonForNone } from '../section/zero.js';
import { text, type Text } from '../blocks/text.js';
import { timeSpan } from '../blocks/words.js';

export interface TrustLine {
  /** `void`: a zero that says nothing. */
  readonly level: 'good' | 'plain' | 'caution' | 'void' | 'loss';
  readonly text: Text;
}

const LEVELS: Readonly<Record<CompletenessVerdict, TrustLine['level']>> = {
  'complete and intact': 'good',
  complete: 'plain',
  'in doubt': 'caution',
  incomplete: 'loss',
};

export function trustLines(report: Report): readonly TrustLine[] {
  const { findings, sections, warnings, completeness } = report;
  const count = sections.reduce((sum, section) => sum + section.warnings.length, warnings.length);
  const others = [historyAnswer(report), behindNothing(report)].flatMap(
    (one): readonly TrustLine[] => (one === null ? [] : [{ level: 'plain', text: one }]),
  );
  return [
    { level: LEVELS[completeness.verdict], text: [capitalised(completeness.sentence)] },
    ...(findings.length === 0 ? zeroLines(report) : []),
    ...(count === 0
      ? []
      : [{ level: 'caution', text: [`${counted(count, 'warning')}, below`] } as const]),
    ...others,
    { level: 'plain', text: spanText(report) },
  ];
}

function zeroLines(report: Report): readonly TrustLine[] {
  const { coverage, sections, warnings, completeness } = report;
  const all = [...warnings, ...sections.flatMap((section) => section.warnings)];
  const isVoid =
    !completeness.verdict.startsWith('complete') ||
    recordsInWindow(coverage) === 0 ||
    all.some((warning) => weighs(warning, 'void'));
  const [section, ...others] = sections;
  return [
    ...(isVoid
      ? [
          {
            level: 'void',
            text: [
              'This zero does not say that there was nothing: see the warnings and what was read',
            ],
          } as const,
        ]
      : []),
    ...(section === undefined || others.length > 0
      ? []
      : [{ level: 'plain', text: reasonForNone(section, report) } as const]),
  ];
}

function spanText({ coverage, window, completeness }: Report): Text {
  const { first, last } = coverage;
  if (isAllOfTime(window))
    return text`${[recordsText(coverage)]}. The question was about all of time. Times are UTC.`;
  const asked = completeness.verdict.startsWith('complete')
    ? ''
    : ` The question was about ${timeSpan(window.since, window.until)}.`;
  const logs = first === null ? '' : ` The logs that were read are of ${timeSpan(first, last)}.`;
  return text`${[recordsText(coverage)]} in the window.${[asked]}${[logs]} Times are UTC.`;
}
