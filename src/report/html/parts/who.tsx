/** Tables of who, where and how, and the rules. */
import type { BreakdownBy } from '../../overview.js';
import { breakdownBlocks } from '../../page/overview.js';
import { ruleListBlocks } from '../../page/rules/list.js';
import type { Report } from '../../report.js';
import { blockPieces, type Listing } from '../block.js';
import { markup } from '../markup.js';
import { Facts } from '../tables.js';
import type { Part } from './part.js';

const LABELS: Readonly<Record<BreakdownBy, string>> = {
  principal: 'principal',
  tool: 'tool',
  class: 'by hand or not',
  account: 'account',
  region: 'region',
  address: 'address',
  resource: 'resource',
  call: 'call',
  rule: 'rule',
};

export function whoPart(report: Report, listing: Listing): Part {
  const { sections } = report;
  const all = [...breakdownBlocks(report)].flatMap((block) =>
    block.kind === 'breakdown' && block.by !== 'rule' ? [block] : [],
  );
  const tables = all.filter(({ rows }) => rows.length > 1);
  // A table of one row says what all findings have in common.
  const shared = all.flatMap(({ by, rows: [row, ...others] }) =>
    row === undefined || others.length > 0 ? [] : [{ label: LABELS[by], text: row.name }],
  );
  const rules =
    sections.length < 2
      ? []
      : [...ruleListBlocks(report)].filter(({ kind }) => kind === 'rules' || kind === 'paragraph');
  return {
    id: 'who',
    title: ['Who, where, how'],
    *pieces() {
      if (shared.length > 0) {
        yield markup(<p>The same in all findings:</p>);
        yield markup(<Facts facts={shared} />);
      }
      if (tables.length > 0) {
        yield '<div class="breakdowns">\n';
        yield* blockPieces(tables, listing);
        yield '</div>\n';
      }
      yield* blockPieces(rules, listing);
    },
  };
}
