/** The funnel: how many events remain after each stage of a rule. */
import type { Section } from '../report.js';
import type { Block } from './block.js';
import { value } from './text.js';
import { counted } from './words.js';

/** The stages, each with the number of events that remain, and a note on repeated and undated records. */
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

/** Whether a stage of the funnel is a condition of the rule. hunt names the other stages. */
export function isCondition(stage: string): boolean {
  return !['read', 'event names', 'in window', 'findings'].includes(stage);
}
