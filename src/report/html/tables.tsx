/** Blocks with several columns. */
import type { VNode } from 'preact';
import type { CountRow, Fact, RuleRow } from '../page/blocks/block.js';
import { safe, Words } from './text.js';

/** Each fact with its label. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }): VNode {
  return (
    <dl>
      {facts.map(({ label, text }) => (
        <div>
          <dt>{safe(label)}</dt>
          <dd>
            <Words of={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How many events remain after each stage. */
export function Counts({ rows }: { readonly rows: readonly CountRow[] }): VNode {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col" class="number">
            Remaining
          </th>
          <th scope="col">Stage</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ count, text }) => (
          <tr>
            <td class="number">{count}</td>
            <td>
              <Words of={text} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rules with findings, by the numbers with which the lines of the time line name them. */
export function Rules({ rows }: { readonly rows: readonly RuleRow[] }): VNode {
  return (
    <table class="rules">
      <thead>
        <tr>
          <th scope="col" class="number">
            No.
          </th>
          <th scope="col" class="number">
            Findings
          </th>
          <th scope="col">Severity</th>
          <th scope="col">Rule</th>
          <th scope="col">Name</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ number, count, severity, severityText, id, name }) => (
          <tr>
            <td class="number">{number}</td>
            <td class="number">{count}</td>
            <td class={`severity ${severity}`}>{safe(severityText)}</td>
            <td>
              <Words of={id} />
            </td>
            <td>
              <Words of={name} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Room to write by hand on the printed page. */
export function Signature({ fields }: { readonly fields: readonly string[] }): VNode {
  return (
    <dl class="signature">
      {fields.map((field) => (
        <div>
          <dt>{safe(field)}</dt>
          <dd> </dd>
        </div>
      ))}
    </dl>
  );
}
