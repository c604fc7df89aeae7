/** What to look at first, and what the rules tell to do. */
import type { VNode } from 'preact';
import { adviceOf, firstBlocks, type Advice } from '../../page/glance/first.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { markup } from '../markup.js';
import { Words } from '../text.js';
import type { Part } from './part.js';

/** Nothing where there is nothing to say. */
export function firstPart(report: Report, listing: Listing): readonly Part[] {
  const blocks = [...firstBlocks(report)];
  const advice = adviceOf(report);
  if (blocks.length + advice.length === 0) return [];
  return [
    {
      id: 'first',
      title: ['Look here first'],
      *pieces() {
        yield* blockPieces(blocks, listing);
        if (advice.length > 0) yield markup(<Advices of={advice} />);
      },
    },
  ];
}

function Advices({ of }: { readonly of: readonly Advice[] }): VNode {
  return (
    <details class="advice">
      <summary>What to do now</summary>
      <ul>
        {of.map(({ rule, text }) => (
          <li>
            {of.length === 1 ? null : (
              <>
                <Words of={rule} />
                {': '}
              </>
            )}
            <Words of={text} />
          </li>
        ))}
      </ul>
    </details>
  );
}
