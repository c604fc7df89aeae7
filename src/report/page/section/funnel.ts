/** The funnel: how many events remain after each stage of a rule. */
import { STAGE, type Section } from '../../report.js';
import type { Block } from '../block.js';
import { value } from '../text.js';
import { counted } from '../../../text/counted.js';

/** The stages, each with the number of events that remain, and a note on repeated and undated records. */
export function funnelBlocks(section: Section): readonly Block[] {
  const notes = notesOf(section);
  return [
    {
      kind: 'counts',
      rows: section.funnel.map(({ stage, events }) => ({
        count: events,
        text: [isCondition(stage) ? value(stage) : stage],
      })),
    },
    ...(notes.length > 0 ? [{ kind: 'paragraph', text: [`(${notes.join('; ')})`] } as const] : []),
  ];
}

/** What the counts of a rule leave out. */
export function notesOf({ repeats, undated }: Section): readonly string[] {
  return [
    ...(repeats.removed > 0 ? [`${counted(repeats.removed, 'repeated record')} counted once`] : []),
    ...(repeats.conflicting > 0
      ? [`${counted(repeats.conflicting, 'event')} whose repeats differ`]
      : []),
    ...(undated > 0 ? [`${counted(undated, 'event')} without a readable time`] : []),
  ];
}

const names: readonly string[] = Object.values(STAGE);

/** Whether a stage of the funnel is a condition of the rule. */
export function isCondition(stage: string): boolean {
  return !names.includes(stage);
}
