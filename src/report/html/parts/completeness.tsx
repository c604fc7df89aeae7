/** What was read, and what was not. */
import { readBlocks } from '../../page/completeness.js';
import { unhuntedBlocks } from '../../page/section/section.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { markup } from '../markup.js';
import type { Part } from './part.js';
import { Strip } from './strip.js';

export function completenessPart(report: Report, listing: Listing): Part {
  const { coverage, window, ruleFiles } = report;
  return {
    id: 'completeness',
    title: ['Completeness'],
    *pieces() {
      yield markup(<Strip coverage={coverage} window={window} />);
      yield* blockPieces([...readBlocks(report)], listing);
      for (const refused of ruleFiles.refused)
        yield* blockPieces([...unhuntedBlocks(refused)], listing);
    },
  };
}
