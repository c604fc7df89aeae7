/** The end of a report, which stays visible on a terminal after the rest has scrolled away. */
import type { CompletenessVerdict } from '../../completeness/completeness.js';
import type { Report } from '../../report.js';
import { answerText } from '../answer.js';
import type { VerdictBlock, VerdictLine } from '../blocks/block.js';
import { historyAnswer } from '../resource/answer.js';
import { behindNothing } from '../nothing.js';
import { whoAnswer } from '../who/answer.js';
import { counted } from '../../../text/counted.js';

const TRUST_LEVELS: Readonly<Record<CompletenessVerdict, VerdictLine['level']>> = {
  'complete and intact': 'note',
  complete: 'note',
  'in doubt': 'caution',
  incomplete: 'loss',
};

/** How many warnings there are, whether the hunt is complete, and the answer. */
export function verdictBlock(report: Report): VerdictBlock {
  const { sections, warnings, subject, findings, completeness } = report;
  const isWho = subject?.kind === 'who' && findings.length > 0;
  const cautions = sections.reduce((n, section) => n + section.warnings.length, warnings.length);
  const nothing = behindNothing(report);
  const history = historyAnswer(report);
  return {
    kind: 'verdict',
    lines: [
      ...(cautions > 0
        ? [{ level: 'caution', text: [counted(cautions, 'warning')] } as const]
        : []),
      { level: TRUST_LEVELS[completeness.verdict], text: [completeness.sentence] },
      // Last, because it is the answer.
      { level: 'result', text: isWho ? whoAnswer(report) : answerText(report) },
      ...(history === null ? [] : [{ level: 'result', text: history } as const]),
      ...(nothing === null ? [] : [{ level: 'result', text: nothing } as const]),
    ],
  };
}
