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
  /** What follows the main heading before the first part. It has no headings. */
  readonly lead: readonly Block[];
  readonly parts: readonly Part[];
}

export interface Part {
  readonly id: string;
  readonly title: Text;
  readonly blocks: readonly Block[];
}

type Untitled = Omit<Part, 'id'>;

const LEVELS: readonly VerdictLine['level'][] = ['loss', 'result', 'caution'];

/** The blocks hold no findings, only ways to walk over them, so all blocks together fit into memory. */
export function outlineOf(blocks: Iterable<Block>): Outline {
  const lines: VerdictLine[] = [];
  const others: Block[] = [];
  for (const block of blocks)
    if (block.kind === 'verdict') lines.push(...block.lines);
    else others.push(block);
  const answer = lines.find(({ level }) => level === 'result');
  const { before, parts } = divided(others, 'title');
  if (answer === undefined) return withoutAnswer(before, parts);
  const verdict = LEVELS.flatMap((level) =>
    lines.filter((line) => line.level === level && line !== answer),
  );
  return { head: answer.text, verdict, lead: before, parts: parts.map(numbered) };
}

/**
 * An audit report has a part with the conclusion instead. What stands under a heading before that part goes after it: a list of
 * all rules would keep a reader from the conclusion.
 */
function withoutAnswer(before: readonly Block[], parts: readonly Untitled[]): Outline {
  const [first, conclusion, ...others] = parts;
  const begin = divided(first?.blocks ?? [], 'heading');
  const all = [...(conclusion === undefined ? [] : [conclusion]), ...begin.parts, ...others];
  return {
    head: first?.title ?? [],
    verdict: [],
    lead: [...before, ...begin.before],
    parts: all.map(numbered),
  };
}

/** The blocks before the first block of a kind, and a part for each block of the kind. */
function divided(blocks: readonly Block[], kind: 'title' | 'heading') {
  const before: Block[] = [];
  const parts: { readonly title: Text; readonly blocks: Block[] }[] = [];
  for (const block of blocks)
    if (block.kind === kind && 'text' in block) parts.push({ title: block.text, blocks: [] });
    else (parts.at(-1)?.blocks ?? before).push(block);
  return { before, parts };
}

/** Ids are numbers: a name from a log could repeat, or be that of something else in the page. */
function numbered(part: Untitled, index: number): Part {
  return { ...part, id: `part-${index + 1}` };
}
