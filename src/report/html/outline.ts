/**
 * Orders the blocks of a report for a page that is read from its top: the answer, which ends a report on a terminal, goes
 * first, and each title begins a part that the page can link to.
 */
import type { Block, VerdictLine } from '../page/block.js';
import type { Text } from '../page/text.js';

export interface Outline {
  /** The main heading: the answer, or the title of a report that has no verdict. */
  readonly head: Text;
  /** What qualifies the answer, in the order of importance. */
  readonly verdict: readonly VerdictLine[];
  /** What follows the main heading before the first part. */
  readonly lead: readonly Block[];
  readonly parts: readonly Part[];
}

export interface Part {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

const LEVELS: readonly VerdictLine['level'][] = ['loss', 'result', 'caution'];

/** The blocks hold no findings, only ways to walk over them, so all blocks together fit into memory. */
export function outlineOf(blocks: Iterable<Block>): Outline {
  const verdict: VerdictLine[] = [];
  const lead: Block[] = [];
  const parts: { readonly title: Text; readonly blocks: Block[] }[] = [];
  for (const block of blocks)
    if (block.kind === 'verdict') verdict.push(...block.lines);
    else if (block.kind === 'title') parts.push({ title: block.text, blocks: [] });
    else (parts.at(-1)?.blocks ?? lead).push(block);
  const answer = verdict.find(({ level }) => level === 'result');
  const first = answer === undefined ? parts.shift() : undefined;
  return {
    head: answer?.text ?? first?.title ?? [],
    verdict: LEVELS.flatMap((level) =>
      verdict.filter((line) => line.level === level && line !== answer),
    ),
    lead: [...lead, ...(first?.blocks ?? [])],
    parts: parts.map((part, index) => ({ ...part, id: `part-${index + 1}` })),
  };
}
