/** Each kind of block as HTML. */
import type { ComponentChildren, VNode } from 'preact';
import type { Block, StoryBlock } from '../page/blocks/block.js';
import type { Text } from '../page/blocks/text.js';
import { Chart } from './chart/chart.js';
import { Linked } from './linked.js';
import type { Listing } from './listing.js';
import { markup } from './markup.js';
import { Attention, Breakdown } from './overview.js';
import { recordPieces } from './records.js';
import { Counts, Facts, Rules, Signature } from './tables.js';
import { safe, Words } from './text.js';
import { timelinePieces } from './timeline.js';

export type { Listing } from './listing.js';

/** The blocks that are items of a list with those of the same kind beside them. */
type ItemBlock = Extract<Block, { readonly kind: 'item' | 'exclusion' | 'warning' | 'loss' }>;

/** The blocks of a part in pieces: block by block, and finding by finding. */
export function* blockPieces(blocks: readonly Block[], listing: Listing): Generator<string> {
  let list: ItemBlock['kind'] | null = null;
  for (const block of blocks) {
    if (list !== null && block.kind !== list) {
      yield '</ul>\n';
      list = null;
    }
    if (isItem(block)) {
      if (list === null) yield `<ul class="${block.kind}">\n`;
      list = block.kind;
      yield markup(<Item block={block} />);
    } else yield* piecesOf(block, listing);
  }
  if (list !== null) yield '</ul>\n';
}

function isItem(block: Block): block is ItemBlock {
  return ['item', 'exclusion', 'warning', 'loss'].includes(block.kind);
}

function Item({ block }: { readonly block: ItemBlock }): VNode {
  switch (block.kind) {
    case 'item':
      return <Detailed head={<Words of={block.head} />} details={block.details} />;
    case 'exclusion': {
      const { label, condition, hides, by, more } = block;
      const details = by.map(({ count, text }): Text => [`${count}: `, ...text]);
      const head = [
        <span class={hides ? 'mark warn' : undefined}>
          <Words of={label} />
        </span>,
        ' ',
        <Words of={condition} />,
      ];
      return <Detailed head={head} details={more === null ? details : [...details, more]} />;
    }
    case 'warning':
      return (
        <li>
          <code>{safe(block.code)}</code> <Words of={[block.message]} />
        </li>
      );
    case 'loss':
      return (
        <li>
          <Words of={block.text} />
        </li>
      );
    default:
      return block satisfies never;
  }
}

interface StoryProps {
  readonly block: StoryBlock;
  readonly listing: Listing;
}

function Story({ block: { number, head, details }, listing }: StoryProps): VNode {
  return (
    <section id={`s${number}`} class="story" aria-labelledby={`s${number}-title`}>
      <h3 id={`s${number}-title`}>
        <Words of={head} />
      </h3>
      <ul>
        {details.map(({ text, finding }) => (
          <li>
            <Linked to={finding} of={text} listing={listing} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** One thing of a list, with what there is to say of it below. */
function Detailed({
  head,
  details,
}: {
  readonly head: ComponentChildren;
  readonly details: readonly Text[];
}): VNode {
  return (
    <li>
      {head}
      {details.length === 0 ? null : (
        <ul>
          {details.map((detail) => (
            <li>
              <Words of={detail} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function* piecesOf(block: Exclude<Block, ItemBlock>, listing: Listing): Generator<string> {
  switch (block.kind) {
    // They stand at the top of the page.
    case 'title':
    case 'verdict':
      return;
    case 'heading':
      yield markup(
        <h3>
          <Words of={block.text} />
        </h3>,
      );
      return;
    case 'classification':
      yield markup(
        <p class={`severity ${block.severity}`}>
          <Words of={block.text} />
        </p>,
      );
      return;
    case 'paragraph':
      yield markup(
        <p>
          <Words of={block.text} />
        </p>,
      );
      return;
    case 'story':
      yield markup(<Story block={block} listing={listing} />);
      return;
    case 'facts':
      yield markup(<Facts facts={block.facts} />);
      return;
    case 'counts':
      yield markup(<Counts rows={block.rows} />);
      return;
    case 'rules':
      yield markup(<Rules rows={block.rows} />);
      return;
    case 'attention':
      yield markup(<Attention block={block} listing={listing} />);
      return;
    case 'chart':
      yield markup(<Chart block={block} />);
      return;
    case 'breakdown':
      yield markup(<Breakdown block={block} />);
      return;
    case 'timeline':
      yield* timelinePieces(block.items, listing);
      return;
    case 'records':
      yield* recordPieces(block.items);
      return;
    case 'signature':
      yield markup(<Signature fields={block.fields} />);
      return;
    default:
      block satisfies never;
  }
}
