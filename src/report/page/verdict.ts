/** The end of a report, which stays visible on a terminal after the rest has scrolled away. */
import type { Report } from '../report.js';
import type { Block } from './block.js';
import { text } from './text.js';
import { counted } from '../../text/counted.js';

/** How many findings and warnings there are, and whether the hunt is complete. */
export function verdictBlock({ sections, findings, files, ruleFiles, warnings }: Report): Block {
  const cautions = sections.reduce((n, section) => n + section.warnings.length, warnings.length);
  const lost = files.unreadable.length;
  const refused = ruleFiles.refused.length;
  return {
    kind: 'verdict',
    lines: [
      { level: 'result', text: [counted(findings.length, 'finding')] },
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
    ],
  };
}
