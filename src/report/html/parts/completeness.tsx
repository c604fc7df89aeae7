/** What was read, and what was not. */
import { readBlocks } from '../../page/evidence/completeness.js';
import type { VNode } from 'preact';
import type { Block, Fact } from '../../page/blocks/block.js';
import { unhuntedBlocks } from '../../page/section/section.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { markup } from '../markup.js';
import { Facts } from '../tables.js';
import type { Part } from './part.js';
import { Strip } from './strip.js';

export function completenessPart(report: Report, listing: Listing): Part {
  const { coverage, window, ruleFiles } = report;
  return {
    id: 'completeness',
    title: ['Completeness'],
    *pieces() {
      const rest: Block[] = [];
      yield markup(<Strip coverage={coverage} window={window} />);
      for (const block of readBlocks(report))
        if (block.kind === 'facts') yield markup(<Read facts={block.facts} />);
        else rest.push(block);
      yield* blockPieces(rest, listing);
      for (const refused of ruleFiles.refused)
        yield* blockPieces([...unhuntedBlocks(refused)], listing);
    },
  };
}

/** An account that is rarely active has a line of gaps that nobody reads: it is folded. */
function Read({ facts }: { readonly facts: readonly Fact[] }): VNode {
  const gaps = facts.filter(({ label }) => label === 'gaps');
  return (
    <>
      <Facts facts={facts.filter(({ label }) => label !== 'gaps')} />
      {gaps.length === 0 ? null : (
        <details class="gaps">
          <summary>Hours without records, the longest gap first</summary>
          <Facts facts={gaps} />
        </details>
      )}
    </>
  );
}
