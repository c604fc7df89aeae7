/** The top of a page: the answer, how far it can be trusted, the report in numbers, and links to its parts. */
import type { VNode } from 'preact';
import type { Tile } from '../page/glance/tiles.js';
import type { TrustLine } from '../page/glance/trust.js';
import { blockPieces, type Listing } from './block.js';
import { markup } from './markup.js';
import type { Outline } from './outline.js';
import type { Part } from './parts/part.js';
import { safe, safePlain, Words } from './text.js';

/** A longer answer has smaller letters. */
const LONG = 220;

export function* topPieces(
  { kind, head, trust, tiles, lead, parts }: Outline,
  listing: Listing,
): Generator<string> {
  yield markup(
    <a class="skip" href="#report">
      Skip to the report
    </a>,
  );
  yield '<header>\n';
  yield markup(
    <p class="kind">
      <Words of={kind} />
    </p>,
  );
  yield markup(
    <h1 class={safePlain(head).length > LONG ? 'long' : undefined}>
      <Words of={head} />
    </h1>,
  );
  if (trust.length > 0) yield markup(<Trust lines={trust} />);
  if (tiles.length > 0) yield markup(<Tiles tiles={tiles} />);
  yield* blockPieces(lead, listing);
  if (parts.length > 1) yield markup(<Contents parts={parts} />);
  yield '</header>\n';
}

function Trust({ lines }: { readonly lines: readonly TrustLine[] }): VNode {
  return (
    <ul class="trust">
      {lines.map(({ level, text }) => (
        <li class={level}>
          <Words of={text} />
        </li>
      ))}
    </ul>
  );
}

function Tiles({ tiles }: { readonly tiles: readonly Tile[] }): VNode {
  return (
    <ul class="tiles">
      {tiles.map(({ number, label, note, part, isBad }) => (
        <li>
          <a href={`#${part}`} class={isBad ? 'tile bad' : 'tile'}>
            <strong>{grouped(number)}</strong> <span>{safe(label)}</span>{' '}
            <small>{safe(note)}</small>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** `50,112`. */
function grouped(number: number): string {
  return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
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
