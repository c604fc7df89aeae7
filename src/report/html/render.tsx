/**
 * A report as one page of HTML that needs no other file, no script and no network. It says the same as the table and Markdown, in
 * another order: the answer is at the top.
 */
import type { VNode } from 'preact';
import type { VerdictLine } from '../page/block.js';
import { pageOf } from '../page/page.js';
import type { Text } from '../page/text.js';
import type { Report } from '../report.js';
import { blockPieces } from './block.js';
import { headPieces, SCRIPT_PIECE } from './head.js';
import { markup } from './markup.js';
import { packPieces } from './pack/pack.js';
import { outlineOf, type Outline, type Part } from './outline.js';
import { safePlain, Words } from './text.js';

/** A report with more findings has their events only packed, for the script of the page. */
const MOST_EVENTS = 250;

/** The page in pieces: block by block, and finding by finding. */
export function* renderHtml(report: Report): Generator<string> {
  const outline = outlineOf(pageOf(report));
  yield* headPieces(safePlain(outline.head), report.tool.version);
  yield* topPieces(outline);
  yield '<main id="report">\n';
  const hasEvents = report.findings.length <= MOST_EVENTS;
  for (const part of outline.parts) yield* partPieces(part, hasEvents);
  yield '</main>\n';
  yield* packPieces(report);
  yield SCRIPT_PIECE;
  yield '</body>\n</html>\n';
}

function* topPieces({ head, verdict, lead, parts }: Outline): Generator<string> {
  yield markup(
    <a class="skip" href="#report">
      Skip to the report
    </a>,
  );
  yield '<header>\n';
  yield markup(<p class="kind">hunt report</p>);
  yield markup(
    <h1>
      <Words of={head} />
    </h1>,
  );
  if (verdict.length > 0) yield markup(<Verdict lines={verdict} />);
  yield* blockPieces(lead, false);
  if (parts.length > 1) yield markup(<Contents parts={parts} />);
  yield '</header>\n';
}

const COLOURS: Readonly<Record<VerdictLine['level'], string | undefined>> = {
  loss: 'danger',
  caution: 'warn',
  result: undefined,
};

function Verdict({ lines }: { readonly lines: readonly VerdictLine[] }): VNode {
  return (
    <ul class="verdict">
      {lines.map(({ level, text }) => (
        <li class={COLOURS[level]}>
          <Words of={text} />
        </li>
      ))}
    </ul>
  );
}

function Contents({ parts }: { readonly parts: readonly Part[] }): VNode {
  return (
    <nav aria-label="Parts of the report">
      <ul>
        {parts.map(({ id, title }) => (
          <li>
            <a href={`#${id}`}>
              <Words of={title} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function* partPieces({ id, title, blocks }: Part, hasEvents: boolean): Generator<string> {
  yield `<section aria-labelledby="${id}">\n`;
  yield markup(<Title id={id} of={title} />);
  yield* blockPieces(blocks, hasEvents);
  yield '</section>\n';
}

function Title({ id, of }: { readonly id: string; readonly of: Text }): VNode {
  return (
    <h2 id={id}>
      <Words of={of} />
    </h2>
  );
}
