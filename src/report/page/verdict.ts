/** The end of a report, which stays visible on a terminal after the rest has scrolled away. */
import type { Report } from '../report.js';
import { answerText } from './answer.js';
import type { VerdictBlock } from './block.js';
import { historyAnswer } from './history.js';
import { behindNothing } from './nothing.js';
import { text } from './text.js';
import { whoAnswer } from './who/answer.js';
import { counted } from '../../text/counted.js';

/** How many warnings there are, whether the hunt is complete, and the answer. */
export function verdictBlock(report: Report): VerdictBlock {
  const { sections, files, ruleFiles, warnings, subject, findings } = report;
  const isWho = subject?.kind === 'who' && findings.length > 0;
  const cautions = sections.reduce((n, section) => n + section.warnings.length, warnings.length);
  const lost = files.unreadable.length;
  const refused = ruleFiles.refused.length;
  const nothing = behindNothing(report);
  const history = historyAnswer(report);
  return {
    kind: 'verdict',
    lines: [
      ...(cautions > 0
        ? [{ level: 'caution', text: [counted(cautions, 'warning')] } as const]
        : []),
      ...(lost > 0
        ? [{ level: 'loss', text: text`${lost} unreadable: the hunt is not complete` } as const]
        : []),
      ...(refused > 0
        ? [
            {
              level: 'loss',
              text: [`${counted(refused, 'rule')} not used: the hunt is not complete`],
            } as const,
          ]
        : []),
      // Last, because it is the answer.
      { level: 'result', text: isWho ? whoAnswer(report) : answerText(report) },
      ...(history === null ? [] : [{ level: 'result', text: history } as const]),
      ...(nothing === null ? [] : [{ level: 'result', text: nothing } as const]),
    ],
  };
}
