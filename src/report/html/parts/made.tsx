/** How the report was made. */
import { madeFacts, rulePart, type RulePart } from '../../page/evidence/made.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { markup } from '../markup.js';
import { Facts } from '../tables.js';
import { Words } from '../text.js';
import type { Part } from './part.js';

export function madePart(report: Report, listing: Listing): Part {
  const { sections } = report;
  return {
    id: 'made',
    title: ['How it was made'],
    *pieces() {
      yield markup(<Facts facts={madeFacts(report)} />);
      for (const section of sections)
        yield* rulePieces(rulePart(section), sections.length === 1, listing);
    },
  };
}

function* rulePieces(
  { head, blocks }: RulePart,
  isOpen: boolean,
  listing: Listing,
): Generator<string> {
  yield isOpen ? '<details class="rule" open>\n' : '<details class="rule">\n';
  yield markup(
    <summary>
      <Words of={head} />
    </summary>,
  );
  yield* blockPieces(blocks, listing);
  yield '</details>\n';
}
