/**
 * A report as one page of HTML that needs no other file and no network. It says the same as the table and Markdown, in another
 * order: the answer is at the top. It is complete without its script.
 */
import type { VNode } from 'preact';
import type { Text } from '../page/blocks/text.js';
import type { Report } from '../report.js';
import { headPieces, SCRIPT_PIECE } from './head.js';
import { listingOf } from './listing.js';
import { markup } from './markup.js';
import { outlineOf } from './outline.js';
import { packPieces } from './pack/pack.js';
import type { Part } from './parts/part.js';
import { safePlain, Words } from './text.js';
import { topPieces } from './top.js';

/** The page in pieces: block by block, and finding by finding. */
export function* renderHtml(report: Report): Generator<string> {
  const listing = listingOf(report);
  const outline = outlineOf(report, listing);
  yield* headPieces(safePlain(outline.head), report.tool.version);
  yield* topPieces(outline, listing);
  yield '<main id="report">\n';
  for (const part of outline.parts) yield* partPieces(part);
  yield '</main>\n';
  yield* packPieces(report);
  yield SCRIPT_PIECE;
  yield '</body>\n</html>\n';
}

function* partPieces({ id, title, pieces }: Part): Generator<string> {
  yield `<section class="part" aria-labelledby="${id}">\n`;
  yield markup(<Title id={id} of={title} />);
  yield* pieces();
  yield '</section>\n';
}

function Title({ id, of }: { readonly id: string; readonly of: Text }): VNode {
  return (
    <h2 id={id}>
      <Words of={of} />
    </h2>
  );
}
