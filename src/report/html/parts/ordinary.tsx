/**
 * The parts of an ordinary report, in the order in which a reader with an incident in mind asks: what first, when, who, what
 * happened, what was left out, whether it is complete, and how it was made.
 */
import type { Block } from '../../page/blocks/block.js';
import { callBlocks } from '../../page/calls.js';
import { comparisonBlocks } from '../../page/comparison.js';
import { historyBlocks } from '../../page/resource/blocks.js';
import { leftOutBlocks } from '../../page/left-out.js';
import { chartBlocks } from '../../page/overview.js';
import { storyBlocks } from '../../page/stories.js';
import { timelineBlocks } from '../../page/timeline/timeline.js';
import { text, type Text } from '../../page/blocks/text.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { completenessPart } from './completeness.js';
import { firstPart } from './first.js';
import { madePart } from './made.js';
import type { Part } from './part.js';
import { whoPart } from './who.js';

/** What stands in parts of its own: a terminal has it above the time line. */
const ELSEWHERE: ReadonlySet<Block['kind']> = new Set(['chart']);

/** With more findings than this, what else a reader must know comes before them: on paper they are hundreds of pages. */
const MANY = 500;

export function ordinaryParts(report: Report, listing: Listing): readonly Part[] {
  const { findings, sections, overview, history, subject } = report;
  const blocks = (id: string, title: string | Text, of: Iterable<Block>): readonly Part[] => {
    const all = [...of].filter(({ kind }) => kind !== 'title');
    if (all.length === 0) return [];
    return [
      {
        id,
        title: typeof title === 'string' ? [title] : title,
        pieces: () => blockPieces(all, listing),
      },
    ];
  };
  const changes = blocks(
    'changes',
    'Every finding',
    findings.length > 0 ? listBlocks(report, listing) : [],
  );
  const isLong = findings.length > MANY;
  return [
    ...blocks('history', text`What became of ${subject?.text ?? ''}`, historyBlocks(report)),
    ...firstPart(report, listing),
    ...blocks('when', 'When', chartBlocks(report)),
    ...(overview.breakdowns.length === 0 && sections.length < 2 ? [] : [whoPart(report, listing)]),
    // Of other things these findings have only what names the resource, so they cannot tell what became of them.
    ...blocks('stories', 'What happened', history === null ? storyBlocks(report) : []),
    ...(isLong ? [] : changes),
    ...blocks('compared', 'Beside exceptions and the earlier report', comparisonBlocks(report)),
    ...blocks('calls', 'All calls, by rule or not', callBlocks(report)),
    ...blocks('left-out', 'What was left out', leftOutBlocks(sections)),
    completenessPart(report, listing),
    ...(isLong ? changes : []),
    madePart(report, listing),
  ];
}

/** Without what the page has elsewhere. Each finding whose facts are in the page names its file. */
function* listBlocks(report: Report, { hasEvents }: Listing): Generator<Block> {
  let isAfter = false;
  for (const block of timelineBlocks(report)) {
    if (ELSEWHERE.has(block.kind)) continue;
    if (!(isAfter && hasEvents)) yield block;
    isAfter ||= block.kind === 'timeline';
  }
}
