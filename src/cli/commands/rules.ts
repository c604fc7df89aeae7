/** `hunt rules`: the rules that a hunt can apply. */
import { attackNames } from '../../rule/attack.js';
import { builtInUntested } from '../../rule/catalog/built-in.js';
import { rulesIn } from '../../rule/catalog/find.js';
import type { Rule } from '../../rule/rule.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { listFlag } from '../options/flags/flag.js';

export const rulesCommand = defineCommand({
  name: 'rules',
  description: 'list the rules: ID, severity, tactics, name',
  arguments: {},
  options: {
    rules: {
      heading: 'Rules:',
      flags: {
        folders: listFlag('--rules <folder>', 'a folder of rule files to list instead'),
      },
    },
  },
  async run({ options }, { stdout }) {
    const { folders } = options.rules;
    const rules = folders.length === 0 ? (builtInUntested('all') ?? []) : folders.flatMap(rulesIn);
    const rows = rules.map(rowOf).toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
    for (const line of columnsOf(rows)) stdout.write(`${line}\n`);
    return EXIT.complete;
  },
});

function rowOf({ id, severity, mitre, name }: Rule): readonly string[] {
  const { tactics } = attackNames();
  const names = mitre.flatMap(({ tactic }) => (tactic ? (tactics[tactic] ?? tactic) : []));
  return [id, severity, [...new Set(names)].join(', '), name].map(safeLine);
}

/** The rows as lines of text, with their cells in columns. The last column has any width. */
function columnsOf(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
