/** All findings at a glance. */
import type { VNode } from 'preact';
import type { AttentionBlock, BreakdownBlock } from '../page/block.js';
import { Words } from './text.js';

export function Attention({ block }: { readonly block: AttentionBlock }): VNode {
  return (
    <ul class="attention">
      {block.rows.map(({ text, examples, more }) => (
        <li>
          <Words of={text} />
          <ul>
            {examples.map(({ number, text: example }) => (
              <li>
                <a href={`#f${number}`}>#{number}</a> <Words of={example} />
              </li>
            ))}
            {more === null ? null : (
              <li>
                <Words of={more} />
              </li>
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

export function Breakdown({ block }: { readonly block: BreakdownBlock }): VNode {
  const { label, rows, more } = block;
  return (
    <table class="breakdown">
      <thead>
        <tr>
          <th scope="col">
            <Words of={label} />
          </th>
          <th scope="col" class="number">
            Findings
          </th>
          <th scope="col" class="number">
            Let others in
          </th>
          <th scope="col" class="number">
            Failed
          </th>
          <th scope="col">When</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, findings, exposed, failed, when }) => (
          <tr>
            <td>
              <Words of={name} />
            </td>
            <td class="number">{findings}</td>
            <td class="number">{exposed}</td>
            <td class="number">{failed}</td>
            <td>
              <Words of={when} />
            </td>
          </tr>
        ))}
        {more === null ? null : (
          <tr>
            <td colSpan={5}>
              <Words of={more} />
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
