/** Findings with everything that is known of each. They are made and written one at a time. */
import type { VNode } from 'preact';
import type { RecordItem } from '../page/blocks/block.js';
import { Marks } from './marks.js';
import { markup } from './markup.js';
import { Facts } from './tables.js';
import { Words } from './text.js';

/** The list in pieces of markup, one for each finding. */
export function* recordPieces(items: Iterable<RecordItem>): Generator<string> {
  yield '<ul class="records">\n';
  for (const item of items) yield markup(<Record item={item} />);
  yield '</ul>\n';
}

function Record({ item }: { readonly item: RecordItem }): VNode {
  const { number, failure, exposure, head, facts } = item;
  return (
    <li>
      <strong>#{number}</strong> <Marks failure={failure} exposure={exposure} />
      <Words of={head} />
      <Facts facts={facts} />
    </li>
  );
}
