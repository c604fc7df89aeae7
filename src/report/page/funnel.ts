/** How the records came down to the findings, stage by stage. */
import type { Section } from '../report.js';
import type { Block } from './block.js';
import { value } from './text.js';
import { counted } from './words.js';

/** The stages with what remained after each, and what happened to repeated and undated records. */
export function funnelBlocks({ funnel, repeats, undated }: Section): readonly Block[] {
  const notes = [
    ...(repeats.removed > 0 ? [`${counted(repeats.removed, 'repeated record')} counted once`] : []),
    ...(repeats.conflicting > 0
      ? [`${counted(repeats.conflicting, 'event')} whose repeats differ`]
      : []),
    ...(undated > 0 ? [`${counted(undated, 'event')} without a readable time`] : []),
  ];
  return [
    {
      kind: 'counts',
      rows: funnel.map(({ stage, events }) => ({
        count: events,
        text: [isCondition(stage) ? value(stage) : stage],
      })),
    },
    ...(notes.length > 0 ? [{ kind: 'paragraph', text: [`(${notes.join('; ')})`] } as const] : []),
  ];
}

/** Whether a stage of the funnel is a condition of the rule. The other stages have names of ours. */
export function isCondition(stage: string): boolean {
  return !['read', 'event names', 'in window', 'findings'].includes(stage);
}
