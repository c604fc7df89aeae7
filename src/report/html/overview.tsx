/** All findings at a glance: what to look at first, and tables of who, where and how. */
import { scaleLinear } from 'd3-scale';
import type { VNode } from 'preact';
import { counted } from '../../text/counted.js';
import type { BreakdownBy } from '../overview.js';
import type { AttentionBlock, BreakdownBlock, NamedCount } from '../page/blocks/block.js';
import { moreText } from '../page/overview.js';
import { Linked } from './linked.js';
import type { Listing } from './listing.js';
import { Words } from './text.js';

interface AttentionProps {
  readonly block: AttentionBlock;
  readonly listing: Listing;
}

export function Attention({ block, listing }: AttentionProps): VNode {
  return (
    <ul class="attention">
      {block.rows.map(({ reason, level, text, examples, more }) => (
        <li class={level}>
          <strong>
            <Words of={text} />
          </strong>
          <ul>
            {examples.map(({ number, text: example, by, tool, ended }) => (
              <li>
                <Linked to={number} of={example} listing={listing} />
                <Words of={[...by, ...tool, ...ended]} />
              </li>
            ))}
            {more === null ? null : (
              <li>
                <a href="#changes" {...listing.facets.flagAttribute(reason)}>
                  <Words of={more} />
                </a>
              </li>
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** Rows before the fold. */
const SHOWN = 8;

/** By which attribute of findings a row can be chosen: its place in the table is that in the list of the facet. */
const FACETS: Readonly<Partial<Record<BreakdownBy, string>>> = {
  principal: 'data-p',
  account: 'data-a',
  region: 'data-r',
  tool: 'data-w',
  rule: 'data-u',
};

export function Breakdown({ block }: { readonly block: BreakdownBlock }): VNode {
  const { by, label, rows } = block;
  const more = moreText(block, rows.length);
  const rest = rows.slice(SHOWN);
  return (
    <div class={by === 'principal' || by === 'resource' ? 'breakdown-of wide' : 'breakdown-of'}>
      <Table block={block} from={0} until={SHOWN} />
      {rest.length === 0 ? null : (
        <details>
          <summary>
            {`${rest.length} more, ${counted(
              rest.reduce((sum, { findings }) => sum + findings, 0),
              'finding',
            )}: `}
            <Words of={label} />
          </summary>
          <Table block={block} from={SHOWN} until={rows.length} />
        </details>
      )}
      {more === null ? null : (
        <p>
          <Words of={more} />
        </p>
      )}
    </div>
  );
}

interface TableProps {
  readonly block: BreakdownBlock;
  readonly from: number;
  readonly until: number;
}

function Table({ block: { by, label, rows }, from, until }: TableProps): VNode {
  const widest = rows.reduce((most, { findings }) => Math.max(most, findings), 1);
  const width = scaleLinear().domain([0, widest]).range([0, 100]);
  const has = {
    exposed: rows.some(({ exposed }) => exposed > 0),
    failed: rows.some(({ failed }) => failed > 0),
  };
  const attribute = FACETS[by];
  return (
    <table class="breakdown" data-by={by}>
      <thead>
        <tr>
          <th scope="col">
            <Words of={label} />
          </th>
          <th scope="col" class="number">
            Findings
          </th>
          {has.exposed ? (
            <th scope="col" class="number">
              Let others in
            </th>
          ) : null}
          {has.failed ? (
            <th scope="col" class="number">
              Failed
            </th>
          ) : null}
          <th scope="col" class="times">
            When
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(from, until).map((row, index) => (
          <tr>
            <td {...(attribute === undefined ? {} : { [attribute]: String(from + index) })}>
              <Words of={row.name} />
              <Bar row={row} width={width} />
            </td>
            <td class="number">{row.findings}</td>
            {has.exposed ? (
              <td class={row.exposed > 0 ? 'number danger' : 'number'}>{row.exposed}</td>
            ) : null}
            {has.failed ? <td class="number">{row.failed}</td> : null}
            <td class="times">
              <Words of={row.when} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface BarProps {
  readonly row: NamedCount;
  readonly width: (count: number) => number;
}

/** It repeats the numbers beside it, so it says nothing of its own. */
function Bar({ row: { findings, exposed, failed }, width }: BarProps): VNode {
  const per = (count: number): string => `${Math.round(width(count) * 100) / 100}%`;
  const others = findings - exposed - failed;
  return (
    <svg class="share" width="100%" height="4" aria-hidden="true">
      <rect class="danger" width={per(exposed)} height="4" fill="#b42318" />
      <rect class="bar" x={per(exposed)} width={per(others)} height="4" fill="#5a86c5" />
      <rect
        class="failed"
        x={per(exposed + others)}
        width={per(failed)}
        height="4"
        fill="#8a7a4f"
      />
    </svg>
  );
}
