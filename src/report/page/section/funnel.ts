/** The funnel: how many events remain after each stage of a rule. */
import { STAGE, type Section } from '../../report.js';
import type { Block, CountRow } from '../blocks/block.js';
import { value } from '../blocks/text.js';
import { counted } from '../../../text/counted.js';

/** The stages, each with the number of events that remain, and a note on repeated and undated records. */
export function funnelBlocks(section: Section): readonly Block[] {
  const notes = notesOf(section);
  return [
    { kind: 'counts', rows: [...funnelRows(section)] },
    ...(notes.length > 0 ? [{ kind: 'paragraph', text: [`(${notes.join('; ')})`] } as const] : []),
  ];
}

/** A list may have dozens of exclusions: several in a row that removed nothing are one line. The ledger has their names. */
function* funnelRows({ funnel, exclusions }: Section): Generator<CountRow> {
  const named = new Set(exclusions.flatMap(({ name }) => (name === null ? [] : [`not ${name}`])));
  let run: CountRow[] = [];
  let hasExclusion = false;
  for (const [index, { stage, events }] of funnel.entries()) {
    const row = { count: events, text: [isCondition(stage) ? value(stage) : stage] };
    if (named.has(stage) && events === funnel[index - 1]?.events) {
      run.push(row);
      continue;
    }
    yield* asOne(run, hasExclusion);
    hasExclusion ||= run.length > 0 || named.has(stage);
    run = [];
    yield row;
  }
  yield* asOne(run, hasExclusion);
}

function asOne(run: readonly CountRow[], hasExclusion: boolean): readonly CountRow[] {
  const [first] = run;
  if (first === undefined || run.length === 1) return run;
  const which = counted(run.length, hasExclusion ? 'other exclusion' : 'exclusion');
  return [{ count: first.count, text: [`${which} removed nothing`] }];
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
